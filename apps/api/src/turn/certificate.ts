// What a browser would say of a relay's certificate. Wrong dates and wrong names are told together; who signed it can
// only be told of one whose dates are right, since OpenSSL keeps one fault.
import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';

export interface CertificateVerdict {
  /** Milliseconds since the epoch. */
  endsAtMs: number;
  /** The names it is for when `host` is none of them. */
  wrongNames: string | undefined;
  /** Why nobody believes who signed it, as OpenSSL's code. */
  untrusted: { kind: 'self-signed' | 'untrusted'; issuer: string; error: string } | undefined;
}

/**
 * @param host as in the relay's URL
 * @param tls opened, with `rejectUnauthorized: false`
 */
export function certificateVerdict(tls: TLSSocket, host: string, nowMs: number): CertificateVerdict {
  const certificate = tls.getPeerCertificate();
  const error = errorCode(tls.authorizationError);
  const endsAtMs = Date.parse(certificate.valid_to);
  // Or it is one further up that has expired.
  const isOwnEnd = error === 'CERT_HAS_EXPIRED' && endsAtMs <= nowMs;
  return {
    endsAtMs,
    wrongNames: checkServerIdentity(host, certificate) ? namesOf(certificate) : undefined,
    untrusted:
      error === undefined || isOwnEnd || error === 'ERR_TLS_CERT_ALTNAME_INVALID'
        ? undefined
        : {
            kind: error === 'DEPTH_ZERO_SELF_SIGNED_CERT' ? 'self-signed' : 'untrusted',
            issuer: firstOf(certificate.issuer?.CN) || firstOf(certificate.issuer?.O),
            error,
          },
  };
}

/** An Error when the name is wrong, a code as text when the signature is. */
function errorCode(error: unknown): string | undefined {
  if (!error) return undefined;
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function namesOf({ subject, subjectaltname }: PeerCertificate): string {
  const names = subjectaltname?.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, '')) ?? [];
  return names.join(', ') || firstOf(subject?.CN);
}

function firstOf(name: string | string[] | undefined): string {
  return (Array.isArray(name) ? name[0] : name) ?? '';
}
