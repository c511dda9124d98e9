// What an admin is told of the server's configuration in English: for each thing that may be found what it is, and,
// unless all is well, what to do. Names in capitals are Ferry's settings, those with dashes coturn's.
export default {
  serverCheck: {
    body: 'Looks at this server’s own configuration: address, database, disk, backup, and what transfers need.',
    run: 'Check server',
    again: 'Check again',
    list: 'What was found',
    fine: 'Everything is as it should be.',
    sum: '{problems}, {warnings}.',
    problems: 'nothing is wrong | 1 thing is wrong | {count} things are wrong',
    warnings: 'nothing else is worth knowing | 1 thing is worth knowing | {count} things are worth knowing',
    copyBody: 'The text is for whoever helps you. It holds addresses of this server and of its relay, and no secrets.',
    copied: 'Copied',
    text: 'Server check: Ferry {version}, {origin}',
    clocks: 'By the server’s clock {server}, by this device’s {device}',
    todo: 'What to do',
    outcome: {
      ok: 'Fine',
      warning: 'Worth knowing',
      problem: 'Wrong',
      off: 'Off',
    },
    topic: {
      origin: 'Address',
      proxy: 'Proxy',
      registration: 'New accounts',
      database: 'Database',
      disk: 'Disk',
      backup: 'Backup',
      stun: 'STUN',
      relay: 'Relay',
      relayDoor: 'Relay into private networks',
      relayCertificate: 'Relay’s certificate',
      clock: 'Clock',
    },
    says: {
      origin: {
        ok: '{origin}, as you came.',
        unset: 'PUBLIC_ORIGIN is not set; you came by {seen}.',
        local: '{origin}: only this computer can use it.',
        insecure: '{origin} is plain http. Browsers withhold from such pages what Ferry needs.',
        differs: 'PUBLIC_ORIGIN is {origin}, but you came by {seen}.',
      },
      proxy: {
        none: 'There is none in front; you come from {address}.',
        believed: '{proxy} says that you come from {address}.',
        ignored: '{proxy} sends a proxy’s headers, but is not believed: everybody behind it looks like one client.',
        absent: 'TRUST_PROXY counts on a proxy, but you came without one, from {address}.',
      },
      registration: {
        closed: 'Closed.',
        invite: 'Only with an invite link.',
        open: 'Open, at a private address.',
        'open-to-all': 'Open to everybody who reaches {origin}.',
      },
      database: {
        ok: 'Sound, {sizeBytes}.',
        'in-memory': 'In memory only: everything is gone when the server stops.',
        damaged: 'Damaged: {message}',
      },
      disk: {
        ok: '{freeBytes} of {totalBytes} free in {folder}.',
        low: 'Only {freeBytes} of {totalBytes} free in {folder}.',
        full: 'Only {freeBytes} of {totalBytes} free in {folder}.',
        unknown: 'How much is free in {folder} could not be told ({error}).',
      },
      backup: {
        recent: '{file}, {sizeBytes}, made {madeAt}.',
        old: '{file} is 1 day old. | {file} is {count} days old.',
        none: 'There is none in {folder}.',
      },
      stun: {
        ok: 'It answers on UDP port {port} ({families}).',
        off: 'The own server is switched off (STUN_PORT is 0).',
        'loopback-only': 'It answers on UDP port {port}, but on this computer only, since HOST is {host}.',
        'port-in-use': 'UDP port {port} is taken by another program.',
        'not-listening': 'It cannot listen on UDP port {port} ({error}).',
        silent: 'It listens on UDP port {port}, but did not answer this computer itself.',
        'second-port': 'UDP port {port}, the one after it, cannot be had ({error}).',
      },
      relay: {
        none: 'There is none (TURN_URLS is empty): behind strict routers a transfer fails.',
        ok: '{url} took the credentials and gave out {address} after {tookMs} ms.',
        'bad-url': '“{url}” is not a relay’s address.',
        'not-checked': '{url} goes over DTLS, which this server cannot check.',
        'unknown-name': 'The name {host} of {url} is not known.',
        unreachable: '{url} cannot be reached ({error}).',
        'not-a-relay': 'What answers at {url} is no relay ({error}).',
        'secret-refused': '{url} does not take what TURN_SECRET signs.',
        quota: '{url} has given out as many addresses as it may (code {errorCode}).',
        refused: '{url} refused: {reason} (code {errorCode}).',
        'no-credentials': '{url} asks nobody for credentials: whoever finds it can use it.',
        'address-private': '{url} gives out {address}, a private address.',
        'door-closed': '{url} does not forward into private networks.',
        'door-open': '{url} would forward to {peers}, which only its own network should reach.',
        'door-unknown': 'Whether {url} would forward into private networks could not be found out ({error}).',
        'certificate-ok': '{url}: valid until {endsAt}.',
        'certificate-ending': '{url}: ends in 1 day, on {endsAt}. | {url}: ends in {count} days, on {endsAt}.',
        'certificate-expired': '{url}: ended 1 day ago, on {endsAt}. | {url}: ended {count} days ago, on {endsAt}.',
        'certificate-wrong-name': '{url}: it is for {names}, not for {host}.',
        'certificate-self-signed': '{url}: it is signed by itself, and no browser takes it.',
        'certificate-untrusted': '{url}: it is signed by {issuer}, which browsers do not know ({error}).',
      },
      clock: {
        agrees: 'The server’s clock agrees with this device’s.',
        behind:
          'The server’s clock is 1 minute behind this device’s. | The server’s clock is {count} minutes behind this device’s.',
        ahead:
          'The server’s clock is 1 minute ahead of this device’s. | The server’s clock is {count} minutes ahead of this device’s.',
      },
    },
    fix: {
      origin: {
        unset:
          'Set PUBLIC_ORIGIN to the https address that people use. Until then links and cookies follow whatever name a request came by.',
        local: 'To let others in, give Ferry an https address, and set PUBLIC_ORIGIN to it.',
        insecure:
          'Serve Ferry over https; docs/operations has a way for every network. Then set PUBLIC_ORIGIN to that address.',
        differs:
          'Set PUBLIC_ORIGIN to the address that people use. If a proxy hides it, let the proxy pass it on, and set TRUST_PROXY.',
      },
      proxy: {
        ignored:
          'If it is your proxy, set TRUST_PROXY to its address. Until then limits that are meant for one hit all of them.',
        absent:
          'Let people in by the proxy only, or set TRUST_PROXY to the proxy’s address. Until then whoever comes past it can invent an address.',
      },
      registration: {
        'open-to-all': 'Set REGISTRATION to invite or closed, unless only your own people can reach this address.',
      },
      database: {
        'in-memory': 'Set DATA_DIR to a folder on a disk.',
        damaged: 'Stop the server, and restore the newest backup (ferry-admin restore).',
      },
      disk: {
        low: 'Make room on that disk, or move DATA_DIR to a larger one.',
        full: 'Make room on that disk now: without it, nothing more can be written down.',
        unknown: 'Look whether that folder is there and may be read.',
      },
      backup: {
        old: 'Look why it is not made any more: ferry-admin backup should run every night.',
        none: 'Let ferry-admin backup run every night.',
      },
      stun: {
        off: 'Leave it so if STUN_URLS names another one. Else set STUN_PORT to 3478.',
        'loopback-only': 'Set HOST to an address that others reach, or name another STUN server in STUN_URLS.',
        'port-in-use':
          'Set STUN_PORT to another port. If it is coturn: it answers STUN as well, so set STUN_PORT to 0 and name it in STUN_URLS.',
        'not-listening': 'Set STUN_PORT to a port that Ferry may open.',
        silent: 'Let UDP to this port through this computer’s firewall.',
        'second-port':
          'Free it: without it the connection check cannot tell one kind of address translation from the other.',
      },
      relay: {
        none: 'Set up coturn, and name it in TURN_URLS with its TURN_SECRET.',
        'bad-url':
          'Write it in TURN_URLS like turn:relay.example.com:3478 or turns:relay.example.com:443?transport=tcp.',
        'not-checked': 'Write transport=tcp instead: more networks let that through.',
        'unknown-name': 'Check its spelling in TURN_URLS, and its entry in DNS.',
        unreachable: 'Check that coturn runs and listens there, and that no firewall is in between.',
        'not-a-relay': 'Check the port in TURN_URLS. For turns: it is coturn’s tls-listening-port.',
        'secret-refused':
          'Make TURN_SECRET the same as coturn’s static-auth-secret, and let both computers keep the right time.',
        quota: 'Raise coturn’s total-quota and user-quota, or the range from min-port to max-port.',
        refused: 'Look into coturn’s log for this code.',
        'no-credentials':
          'Give coturn use-auth-secret and static-auth-secret, and take no-auth out of its configuration.',
        'address-private': 'Set coturn’s external-ip to its public address.',
        'door-open': 'Give coturn a denied-peer-ip for each private range, as in infra/coturn.',
        'door-unknown': 'Compare coturn’s denied-peer-ip lines with those in infra/coturn.',
        'certificate-ending': 'Renew it, and let coturn load it.',
        'certificate-expired': 'Renew it, and let coturn load it: until then no browser uses this way.',
        'certificate-wrong-name': 'Get one for {host}, or write a name in TURN_URLS that it is for.',
        'certificate-self-signed': 'Get one from a public authority, or from your own.',
        'certificate-untrusted':
          'If {issuer} is your own authority, name its root in ROOT_CERTIFICATE, and install it on people’s computers.',
      },
      clock: {
        behind:
          'Find out which of the two is wrong, and let it be set by NTP. Sessions and relay credentials depend on the server’s.',
        ahead:
          'Find out which of the two is wrong, and let it be set by NTP. Sessions and relay credentials depend on the server’s.',
      },
    },
  },
};
