// GET /trust: the page about the root certificate of an own authority, and the certificate itself. The file is read
// at each request: a web server in front of Ferry may make it later.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { trustAssets } from './assets.ts';
import { absencePage, trustPage } from './pages.ts';
import { platformOf } from './platform.ts';
import { type RootCertificate, RootCertificateError, readRootCertificate } from './root-certificate.ts';

/** Nothing but its own sheet, pictures and font. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface TrustOptions {
  /** PEM. */
  certificateFile: string;
  /** Where the same browser reaches Ferry over https. */
  secureAddress: (request: FastifyRequest) => string;
}

/** For `register`: its hook is for its own routes only. */
export async function trust(app: FastifyInstance, { certificateFile, secureAddress }: TrustOptions): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', CONTENT_SECURITY_POLICY).header('cache-control', 'no-cache');
  });
  await app.register(trustAssets);

  const handOut =
    (answer: (root: RootCertificate, request: FastifyRequest, reply: FastifyReply) => FastifyReply) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        return answer(await readRootCertificate(certificateFile), request, reply);
      } catch (error) {
        if (!(error instanceof RootCertificateError)) throw error;
        request.log.warn({ err: error }, 'the root certificate cannot be handed out');
        const status = error.code === 'absent' ? 404 : 500;
        return reply.code(status).type('text/html; charset=utf-8').send(absencePage(error.code));
      }
    };

  app.get(
    '/trust',
    handOut((root, request, reply) => {
      const platform = platformOf(request.headers['user-agent']);
      const page = trustPage({ root, platform, secureAddress: secureAddress(request) });
      return reply.header('vary', 'user-agent').type('text/html; charset=utf-8').send(page);
    }),
  );
  app.get(
    '/trust/root.crt',
    // Not as an attachment: iOS would put it among the downloads, instead of offering to install it.
    handOut(({ der }, _request, reply) =>
      reply
        .header('content-disposition', 'inline; filename="ferry-root.crt"')
        .type('application/x-x509-ca-cert')
        .send(der),
    ),
  );
  app.get(
    '/trust/root.pem',
    handOut(({ pem }, _request, reply) =>
      reply
        .header('content-disposition', 'attachment; filename="ferry-root.pem"')
        .type('application/x-pem-file')
        .send(pem),
    ),
  );
}
