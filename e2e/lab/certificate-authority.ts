// A certificate authority of the lab's own: makes one certificate, and a home folder whose browser trusts it.
// Knows neither servers nor browsers.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trust } from './trusting-home.ts';

const DAYS = '2';
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export interface Certificate {
  /** PEM files. */
  certificatePath: string;
  keyPath: string;
}

export class CertificateAuthority {
  readonly #dir = mkdtempSync(join(tmpdir(), 'ferry-lab-ca-'));

  constructor() {
    const { certificatePath, keyPath } = this.#paths('root');
    const extensions = ['-addext', 'keyUsage=critical,keyCertSign', '-addext', 'basicConstraints=critical,CA:TRUE'];
    const subject = ['-subj', '/CN=Ferry lab', '-days', DAYS];
    run('openssl', ['req', '-x509', ...KEY, ...subject, ...extensions, '-keyout', keyPath, '-out', certificatePath]);
  }

  /** The certificate that others are to trust. */
  get rootPath(): string {
    return this.#paths('root').certificatePath;
  }

  /** For a server that is reached by this address or this name. */
  issue(host: string): Certificate {
    const root = this.#paths('root');
    const { certificatePath, keyPath } = this.#paths(host);
    const name = `${isIP(host) ? 'IP' : 'DNS'}:${host}`;
    const extensions = ['-addext', `subjectAltName=${name}`, '-addext', 'basicConstraints=CA:FALSE'];
    const issuer = ['-CA', root.certificatePath, '-CAkey', root.keyPath];
    const subject = ['-subj', `/CN=${host}`, '-days', DAYS];
    const out = ['-keyout', keyPath, '-out', certificatePath];
    run('openssl', ['req', '-x509', ...KEY, ...subject, ...extensions, ...issuer, ...out]);
    return { certificatePath, keyPath };
  }

  /** @returns a folder for `HOME`: Chromium on Linux believes in what the NSS database there names */
  homeThatTrustsIt(): string {
    const home = join(this.#dir, 'home');
    trust(home, this.rootPath);
    return home;
  }

  dispose(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #paths(name: string): Certificate {
    return { certificatePath: join(this.#dir, `${name}.pem`), keyPath: join(this.#dir, `${name}.key`) };
  }
}

/** @throws Error with what the program said */
function run(program: string, args: string[]): void {
  execFileSync(program, args, { stdio: 'pipe' });
}
