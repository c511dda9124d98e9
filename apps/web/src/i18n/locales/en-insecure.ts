// What the page for insecure addresses says in English. Loads with it.
export default {
  insecure: {
    heading: 'Ferry needs a secure address',
    body: 'This page was opened over plain HTTP. Browsers then switch off encryption, private storage and notifications, and Ferry cannot hand over files without them.',
    tryHttps: 'Open the secure address',
    howTo: 'If you run this Ferry',
    certificate:
      'This server hands out a root certificate. With it installed, this device opens the secure address without a warning.',
    getCertificate: 'Install the certificate',
    lan: 'To try it on two computers or a phone: start it with “npm start -- --lan”. It then has a secure address in your network, and a page that shows each device the way there.',
    server:
      'For a team: put a web server in front that has a certificate, from the internet or from an authority of your own.',
    local: 'To try it on one machine: open {address}. Browsers trust that without a certificate.',
    docs: 'In the repository, docs/operations/two-computers.md and the other pages beside it say how, step by step.',
  },
};
