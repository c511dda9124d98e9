// Which certificate a TLS port of a lab's computer presents. Knows nothing of what is spoken there.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Host } from '../lab/host.ts';

const PROGRAM = `
  const [address, port] = process.argv.slice(1);
  const socket = require('node:tls').connect({ host: address, port, rejectUnauthorized: false }, () => {
    console.log(socket.getPeerCertificate().serialNumber);
    process.exit();
  });
  socket.on('error', () => process.exit());`;

/** @returns its serial number; an empty string when there is no TLS */
export async function tlsSerial(host: Host, port: number): Promise<string> {
  const args = ['--eval', PROGRAM, host.address, `${port}`];
  const { stdout } = await promisify(execFile)(...host.command(process.execPath, args), { encoding: 'utf8' });
  return stdout.trim();
}
