// What the pages about the root certificate say: the one that hands it out, and those for when there is none.
// Knows no requests.
import { fingerprintGroups } from './fingerprint.ts';
import { frame } from './frame.ts';
import { type Html, html } from './html.ts';
import { INSTRUCTIONS, type Instructions } from './install-steps.ts';
import { PLATFORMS, type Platform } from './platform.ts';
import type { RootCertificate, RootCertificateErrorCode } from './root-certificate.ts';

export interface TrustPage {
  root: RootCertificate;
  /** Ferry's own, where the certificate is needed. */
  secureAddress: string;
  /** Whose steps are open. */
  platform: Platform | undefined;
}

const HEADING = 'Let this device trust Ferry';

export function trustPage({ root, secureAddress, platform }: TrustPage): string {
  const body = html`
<div class="card">
<div class="strip"></div>
<section>
<h1>${HEADING}</h1>
<p>Ferry hands files from browser to browser, and browsers allow that only at addresses they can be sure of. On a
network of its own a server cannot get a certificate that every device knows. So this one brings an authority along:
install its root certificate on this device once, and Ferry opens without a warning.</p>
<p class="meta">Done on this device before? <a href="${secureAddress}">Open Ferry</a></p>
</section>
<ol class="steps">
<li><h2>Get the certificate</h2>
<p><a class="button" href="/trust/root.crt">Download the root certificate</a></p>
<p class="meta">${root.commonName}, valid until ${dateOf(root.validUntil)}; <a href="/trust/root.pem">the same as
text</a>. Should the browser doubt the download because this page is not encrypted, keep it: the next step tells whether
it is the right one.</p></li>
<li><h2>Make sure it is the right one</h2>
<p>Ask the person who runs Ferry to read you these digits, or look at the terminal in which it was started. If they are
different there, somebody stands between you and Ferry: do not install it.</p>
<dl><dt>SHA-256</dt><dd>${digits(root.sha256)}</dd><dt>SHA-1, as Windows shows it</dt><dd>${digits(root.sha1)}</dd></dl></li>
<li><h2>Install it on this device</h2>
${everyDevice(platform)}</li>
<li><h2>Open Ferry</h2>
<p><a class="button" href="${secureAddress}">Open Ferry</a></p>
<p class="meta">At ${secureAddress}. A browser that was open may have to be closed once, to notice the certificate.</p></li>
</ol>
</div>
<section class="below">
<h2>What this device then believes</h2>
<p>${promiseOf(root)} When you do not need it any more, take it away in the place where you installed it: it is called
“${root.commonName}”.</p>
</section>`;
  return frame({ title: HEADING, body });
}

const ABSENCES: Record<RootCertificateErrorCode, { title: string; text: string }> = {
  absent: {
    title: 'The certificate is not there yet',
    text: 'The web server in front of Ferry makes it when it starts for the first time. Open this page again in a minute. If that does not help, ask the person who runs Ferry to look where ROOT_CERTIFICATE points.',
  },
  unreadable: {
    title: 'The certificate cannot be read',
    text: 'Ask the person who runs Ferry: the file that ROOT_CERTIFICATE names must be readable to it. The log says more.',
  },
  damaged: {
    title: 'The certificate cannot be read',
    text: 'Ask the person who runs Ferry: the file that ROOT_CERTIFICATE names is no certificate in PEM form.',
  },
};

export function absencePage(code: RootCertificateErrorCode): string {
  const { title, text } = ABSENCES[code];
  const body = html`<div class="card"><div class="strip"></div><section><h1>${title}</h1><p>${text}</p></section></div>`;
  return frame({ title, body });
}

function everyDevice(platform: Platform | undefined): Html[] {
  const others = PLATFORMS.filter((one) => one !== platform);
  const keys = [...(platform ? [platform] : []), ...others, 'firefox' as const];
  return keys.map((key) => details(INSTRUCTIONS[key], key === platform));
}

function details({ title, note, steps }: Instructions, isOpen: boolean): Html {
  const open = html`${isOpen ? ' open' : ''}`;
  return html`<details name="device"${open}><summary>${title}</summary>
${note ? html`<p class="meta">${note}</p>` : ''}
<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></details>
`;
}

function promiseOf({ names }: RootCertificate): string {
  if (!names)
    return 'Whoever has the authority’s key can show this device a certificate for any website. Install it only when you trust them with that.';
  const list = new Intl.ListFormat('en-GB').format(names.map((name) => (name === 'local' ? '*.local' : name)));
  return `The certificate says of itself that it counts only for addresses in private networks and for ${list}. Browsers hold it to that: nobody can use it to pretend to be a website of the internet.`;
}

function digits(fingerprint: string): Html[] {
  return fingerprintGroups(fingerprint).map((group) => html`<span>${group}</span> `);
}

function dateOf(date: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
