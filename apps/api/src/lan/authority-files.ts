// Where the authority is kept: a folder that only its owner may open. What is there is used or complained about,
// never silently replaced: people would have to install another root on every device. Knows no servers.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Authority, makeAuthority } from './authority.ts';
import { exportKey, importSigningKey } from './key-pair.ts';
import { LanError } from './lan-error.ts';
import * as x509 from './x509.ts';

/** For their owner only: whoever has the key can pretend to be any server in the networks of those who trust it. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

const certificateIn = (folder: string) => join(folder, 'root.crt');
const keyIn = (folder: string) => join(folder, 'root.key');

export interface KeptAuthority extends Authority {
  /** PEM; may be shown to anybody. */
  certificateFile: string;
}

/**
 * The authority of an earlier start, or a new one where there was none.
 * @param hostName as the system tells it
 * @throws LanError when what is there cannot be read or used, or nothing can be written there
 */
export async function keptAuthority(dataDir: string, hostName: string, nowMs: number): Promise<KeptAuthority> {
  const folder = join(dataDir, 'lan-ca');
  const authority = (await load(folder, nowMs)) ?? (await make(dataDir, folder, hostName, nowMs));
  return { ...authority, certificateFile: certificateIn(folder) };
}

/** Both files appear at once, with their folder: a start that dies in the middle leaves no half of them. */
async function make(dataDir: string, folder: string, hostName: string, nowMs: number): Promise<Authority> {
  const { root, keys } = await makeAuthority(hostName, nowMs);
  try {
    await mkdir(dataDir, { recursive: true, mode: PRIVATE_FOLDER });
    // Made for its owner only, whatever the umask.
    const unfinished = await mkdtemp(`${folder}-`);
    const options = { mode: PRIVATE_FILE, flush: true };
    await writeFile(keyIn(unfinished), await exportKey(keys.privateKey), options);
    await writeFile(certificateIn(unfinished), `${root.certificate.toString('pem')}\n`, options);
    await rename(unfinished, folder);
    return root;
  } catch (error) {
    throw new LanError('authority-unreadable', `${folder} cannot be made (${reason(error)}).`, { cause: error });
  }
}

/** @returns undefined when there is none yet */
async function load(folder: string, nowMs: number): Promise<Authority | undefined> {
  const [certificatePem, keyPem] = await Promise.all([read(certificateIn(folder)), read(keyIn(folder))]);
  if (certificatePem === undefined && keyPem === undefined) return undefined;
  if (certificatePem === undefined || keyPem === undefined) {
    const missing = certificatePem === undefined ? certificateIn(folder) : keyIn(folder);
    throw new LanError('authority-incomplete', `${missing} is missing. ${startOver(folder)}`);
  }
  // A copy from a backup may be readable to others.
  await Promise.all([chmod(folder, PRIVATE_FOLDER), chmod(keyIn(folder), PRIVATE_FILE)]);
  const authority = await parse(certificatePem, keyPem);
  if (!authority) throw new LanError('authority-damaged', `what is in ${folder} is damaged. ${startOver(folder)}`);
  if (authority.certificate.notAfter.getTime() > nowMs) return authority;
  throw new LanError('authority-expired', `the root certificate in ${folder} has expired. ${startOver(folder)}`);
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const words = `${file} cannot be read (${reason(error)}). Whoever runs Ferry must be able to read it.`;
    throw new LanError('authority-unreadable', words, { cause: error });
  }
}

/** @returns undefined for what is no authority, and for halves of different ones */
async function parse(certificatePem: string, keyPem: string): Promise<Authority | undefined> {
  try {
    const certificate = new X509Certificate(certificatePem);
    if (!certificate.ca || !certificate.checkPrivateKey(createPrivateKey(keyPem))) return undefined;
    return { certificate: new x509.X509Certificate(certificatePem), signingKey: await importSigningKey(keyPem) };
  } catch {
    return undefined;
  }
}

function startOver(folder: string): string {
  return `Put it back from a backup, or delete ${folder}: Ferry then makes a new root certificate, which must be installed on every device again.`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
