// The shipped installation with a certificate of the operator's own, used as people use it.
import { expect } from '@playwright/test';
import { test } from '../lab/base-test.ts';
import { CertificateAuthority } from '../lab/certificate-authority.ts';
import { Lab } from '../lab/lab.ts';
import { Person } from '../person.ts';
import { SampleFolder } from '../sample-files.ts';
import { addressesIn } from './api-log.ts';
import { askFrom } from './ask-from.ts';
import { readServices } from './compose-file.ts';
import { Installation, TURN_SECRET } from './installation.ts';
import { bringCertificate } from './own-certificate.ts';
import { relayCandidate } from './relay-candidate.ts';
import { FERRY_HOST, ORIGIN, visitorAt } from './visitor.ts';

const SETTINGS = { FERRY_HOST, TLS_MODE: 'files', REGISTRATION: 'open' };

let lab: Lab<'alice' | 'bob' | 'server'>;
let authority: CertificateAuthority;
let installation: Installation;
let alice: Person;
let bob: Person;

test.beforeAll(async ({ obstacle }) => {
  test.skip(obstacle !== undefined, obstacle);
  test.setTimeout(180_000);
  lab = Lab.lan(['alice', 'bob', 'server']);
  authority = new CertificateAuthority();
  const server = lab.host('server');
  installation = new Installation(server, { settings: SETTINGS });
  bringCertificate(installation.folder, authority, FERRY_HOST);
  await installation.start();
  const home = authority.homeThatTrustsIt();
  const open = (name: 'alice' | 'bob') => Person.open(name, visitorAt(lab.host(name), server.address, home));
  [alice, bob] = await Promise.all([open('alice'), open('bob')]);
});

test.afterAll(async () => {
  await Promise.all([alice?.close(), bob?.close()]);
  await installation?.dispose();
  authority?.dispose();
  lab?.dispose();
});

test('two people register over https, and a file gets from one to the other', async () => {
  await Promise.all([alice.register(), bob.register()]);
  await alice.seesOnline(bob);
  const samples = new SampleFolder();
  const file = samples.file('report.bin', 2_000_000);
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await bob.seesStatus('report.bin', 'done');
  await bob.goTo('Receive');
  expect(await bob.save('report.bin')).toBe(file.sha256);
  samples.delete();
});

test('the session’s cookie is for https alone, and the browser is told to stay with https', async () => {
  const [cookie] = await alice.page.context().cookies(ORIGIN);
  expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax' });
  const answer = await bob.page.goto(ORIGIN);
  expect(answer?.headers()['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
});

test('plain http leads to https', async () => {
  const question = { url: `http://${FERRY_HOST}/send?x=1`, address: lab.host('server').address };
  const { status, headers } = await askFrom(lab.host('bob'), question);
  expect([status, headers.location]).toEqual([308, `${ORIGIN}/send?x=1`]);
});

for (const path of ['/metrics', '/metrics/', '/METRICS', '//metrics', '/%6detrics', '/x/../metrics'])
  test(`from outside there are no figures at ${path}`, async () => {
    const question = { url: `${ORIGIN}${path}`, address: lab.host('server').address, authority: authority.rootPath };
    const { status, body } = await askFrom(lab.host('bob'), question);
    expect(status).toBe(404);
    expect(body).not.toContain('process_');
  });

test('the API knows everybody by their own address', async () => {
  const { log } = installation.service('ferry');
  const addresses = [lab.host('alice').address, lab.host('bob').address];
  expect(addressesIn(log, '/').sort()).toEqual(addresses);
  // WebSockets, too.
  expect(addressesIn(log, '/trpc').sort()).toEqual(addresses);
});

test('Caddy’s log has neither cookies nor queries', async () => {
  const { log } = installation.service('caddy');
  const [cookie] = await alice.page.context().cookies(ORIGIN);
  expect(log).toContain('"uri":"/trpc');
  expect(log).not.toMatch(/"uri":"[^"]*[?]/);
  expect(log).not.toContain(cookie!.value);
  expect(log).not.toMatch(/cookie/i);
});

test('each of the relay’s URLs gives a browser an address there', async () => {
  const variables = { ...SETTINGS, TURN_SECRET, TURN_PUBLIC_ADDRESS: '192.0.2.1' };
  const urls = readServices(variables).ferry!.environment.TURN_URLS!.split(',');
  expect(urls).toHaveLength(3);
  for (const url of urls) {
    const candidate = await relayCandidate(alice.page, url);
    expect([url, candidate]).toEqual([url, expect.stringContaining(` ${lab.host('server').address} `)]);
    expect(candidate).toContain(' typ relay ');
  }
});
