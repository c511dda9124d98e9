// How a root certificate is installed, on each kind of device: the words of makers' own menus. Knows no page.
import { type Html, html } from './html.ts';
import type { Platform } from './platform.ts';

export interface Instructions {
  title: string;
  /** What it is good for, where that is not plain. */
  note?: Html;
  steps: Html[];
}

export const INSTRUCTIONS: Record<Platform | 'firefox', Instructions> = {
  windows: {
    title: 'Windows',
    note: html`For Edge, Chrome and Firefox.`,
    steps: [
      html`Open the downloaded file <b>ferry-root.crt</b> and press <b>Install Certificate…</b>`,
      html`Choose <b>Current User</b>, then <b>Place all certificates in the following store</b>.`,
      html`Press <b>Browse…</b>, choose <b>Trusted Root Certification Authorities</b>, and finish.`,
      html`Windows asks once more and shows a thumbprint: compare it with the SHA-1 above, and press <b>Yes</b>.`,
    ],
  },
  macos: {
    title: 'macOS',
    note: html`For Safari, Chrome and Firefox. On an iPad, take “iPhone and iPad” below.`,
    steps: [
      html`Open the downloaded file <b>ferry-root.crt</b>. It opens in Keychain Access: add it to <b>login</b>.`,
      html`Find the certificate there under <b>Certificates</b>, and open it with a double click.`,
      html`Unfold <b>Trust</b>, and set <b>When using this certificate</b> to <b>Always Trust</b>.`,
      html`Close the window and confirm with your password.`,
    ],
  },
  ios: {
    title: 'iPhone and iPad',
    note: html`Open this page in Safari: other browsers there cannot install it.`,
    steps: [
      html`Press the download button above, and <b>Allow</b> the configuration profile.`,
      html`In Settings, open <b>Profile Downloaded</b> (or <b>General</b>, <b>VPN &amp; Device Management</b>), and press
        <b>Install</b>.`,
      html`In Settings, go to <b>General</b>, <b>About</b>, <b>Certificate Trust Settings</b>, and turn the certificate on.`,
    ],
  },
  android: {
    title: 'Android',
    note: html`For Chrome and Edge. Makers order these menus differently: search Settings for “CA certificate”.`,
    steps: [
      html`Press the download button above. Should Android offer to open the file, close that.`,
      html`In Settings, go to <b>Security</b>, <b>More security settings</b>, <b>Encryption &amp; credentials</b>,
        <b>Install a certificate</b>, <b>CA certificate</b>.`,
      html`Press <b>Install anyway</b>, and choose <b>ferry-root.crt</b> among the downloads.`,
    ],
  },
  linux: {
    title: 'Linux',
    note: html`For Chromium and Chrome. Firefox has a list of its own: see the last of these.`,
    steps: [
      html`Open <code>chrome://certificate-manager</code> in a new tab, and there <b>Custom</b>,
        <b>Installed by you</b>.`,
      html`Beside <b>Trusted Certificates</b>, press <b>Import</b>, and choose <b>ferry-root.crt</b>.`,
      html`Or, in a terminal, with certutil of the package libnss3-tools:
        <code class="command">certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n Ferry -i ferry-root.crt</code>`,
    ],
  },
  firefox: {
    title: 'Firefox on Linux, or where it still warns',
    steps: [
      html`In Settings, open <b>Privacy &amp; Security</b>, and there <b>View Certificates…</b>`,
      html`Under <b>Authorities</b>, press <b>Import…</b>, and choose <b>ferry-root.crt</b>.`,
      html`Tick <b>Trust this CA to identify websites</b>.`,
    ],
  },
};
