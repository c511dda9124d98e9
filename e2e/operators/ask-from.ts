// One HTTP request from a computer of the lab, exactly as given: no path is tidied up and no header left out, as a
// browser would. Knows no Ferry.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Host } from '../lab/host.ts';

export interface Question {
  url: string;
  /** Where the host of the URL is. */
  address: string;
  headers?: Record<string, string>;
  /** PEM file of the authority that is trusted. */
  authority?: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  body: string;
}

const PROGRAM = `
  import { readFileSync } from 'node:fs';
  const { url, path, address, headers, authority } = JSON.parse(process.argv[1]);
  const { protocol, hostname, host, port } = new URL(url);
  const { get } = await import(protocol === 'https:' ? 'node:https' : 'node:http');
  const ca = authority && readFileSync(authority);
  const options = { host: address, port, path, servername: hostname, ca, headers: { host, ...headers }, timeout: 10_000 };
  get(options, async (response) => {
    let body = '';
    for await (const part of response.setEncoding('utf8')) body += part;
    console.log(JSON.stringify({ status: response.statusCode, headers: response.headers, body }));
    process.exit();
  }).on('upgrade', ({ statusCode, headers }) => {
    console.log(JSON.stringify({ status: statusCode, headers, body: '' }));
    process.exit();
  });`;

export async function askFrom(host: Host, question: Question): Promise<Answer> {
  const [, path = '/'] = /^\w+:\/\/[^/]+(\/.*)$/.exec(question.url) ?? [];
  const args = ['--input-type=module', '--eval', PROGRAM, JSON.stringify({ ...question, path })];
  const { stdout } = await promisify(execFile)(...host.command(process.execPath, args), { encoding: 'utf8' });
  return JSON.parse(stdout);
}
