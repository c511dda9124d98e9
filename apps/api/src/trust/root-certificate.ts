// A root certificate as its file has it now, and what people compare before they install it. Hands out nothing
// else that may be in that file.
import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import { permittedBy } from './name-constraints.ts';

export interface RootCertificate {
  commonName: string;
  /** Fingerprints, as browsers write them: `AB:CD:…`. */
  sha256: string;
  sha1: string;
  validUntil: Date;
  der: Buffer;
  pem: string;
  /** The names it can vouch for, besides addresses in private networks; undefined when it could vouch for others. */
  names: string[] | undefined;
}

/** `absent`: not yet made, perhaps. */
export type RootCertificateErrorCode = 'absent' | 'unreadable' | 'damaged';

export class RootCertificateError extends Error {
  readonly code: RootCertificateErrorCode;

  constructor(code: RootCertificateErrorCode, options?: ErrorOptions) {
    super(`The root certificate is ${code}`, options);
    this.code = code;
  }
}

/** Certificates are a few kilobytes. */
const MOST_BYTES = 64 * 1024;

/**
 * @param file PEM; of several certificates the first
 * @throws RootCertificateError
 */
export async function readRootCertificate(file: string): Promise<RootCertificate> {
  const text = await read(file);
  try {
    const certificate = new X509Certificate(text);
    return {
      commonName: commonNameOf(certificate),
      sha256: certificate.fingerprint256,
      sha1: certificate.fingerprint,
      validUntil: certificate.validToDate,
      der: certificate.raw,
      pem: certificate.toString(),
      names: permittedBy(certificate.raw)?.dnsNames,
    };
  } catch (error) {
    throw new RootCertificateError('damaged', { cause: error });
  }
}

async function read(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES)).finally(() => handle.close());
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new RootCertificateError(isAbsent ? 'absent' : 'unreadable', { cause: error });
  }
}

/** Not out of `subject`, where commas are escaped. */
function commonNameOf(certificate: X509Certificate): string {
  const name: unknown = certificate.toLegacyObject().subject?.CN;
  return typeof name === 'string' ? name : certificate.subject.replaceAll('\n', ', ');
}
