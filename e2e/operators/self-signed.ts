// A certificate that signed itself, for programs that only have to find one. Nobody trusts it.
import { execFileSync } from 'node:child_process';

/** Writes `fullchain.pem` and `privkey.pem`, as compose has them. */
export function writeSelfSigned(folder: string, name: string): { certificatePath: string; keyPath: string } {
  const paths = { certificatePath: `${folder}/fullchain.pem`, keyPath: `${folder}/privkey.pem` };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', paths.keyPath];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...key, ...subject, '-out', paths.certificatePath], { stdio: 'pipe' });
  return paths;
}
