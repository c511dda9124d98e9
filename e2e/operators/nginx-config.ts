// A whole nginx around infra/nginx/ferry.conf, whose paths and name are put into a folder of the test's own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INFRA } from './compose-file.ts';

/**
 * @param folder with `fullchain.pem` and `privkey.pem`; everything nginx writes goes there
 * @param host takes the place of ferry.example.com
 * @returns the main configuration's path
 */
export function writeNginxConfig(folder: string, host = 'ferry.example.com'): string {
  const ferry = readFileSync(`${INFRA}nginx/ferry.conf`, 'utf8')
    .replaceAll('ferry.example.com', host)
    .replaceAll('/etc/ssl/ferry', folder)
    .replaceAll('/var/log/nginx', folder);
  writeFileSync(join(folder, 'ferry.conf'), ferry);
  const main = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder};`);
  writeFileSync(
    main,
    `daemon off; pid ${folder}/nginx.pid; events {}
     http { ${temporary.join(' ')} include ${folder}/ferry.conf; }`,
  );
  return main;
}
