// What the server finds out about its own configuration: every code there is, with its outcome and the facts that
// its words are about. The page has words for all of them. Knows neither how a thing is found out nor how it is said.

export type ServerCheckId =
  /** The address that people use. */
  | 'origin'
  /** Whether client addresses and https are taken from a proxy, and rightly so. */
  | 'proxy'
  | 'registration'
  | 'database'
  | 'disk'
  | 'backup'
  | 'stun'
  /** Several for each of `TURN_URLS`; the fact `url` tells them apart. */
  | 'relay'
  /** Never from the server, which has nothing to compare with: the page compares `checkedAt` with its own clock. */
  | 'clock';

export type ServerCheckOutcome = 'ok' | 'warning' | 'problem' | 'off';

interface Finding<Outcome extends ServerCheckOutcome, Facts extends Record<string, string | number>> {
  outcome: Outcome;
  /** Addresses, counts, dates as ISO 8601; never a secret. */
  facts: Facts;
}

type NoFacts = Record<string, never>;

/** Of `<id>.<what>`: why the outcome is what it is. */
export interface ServerFindings {
  /** `PUBLIC_ORIGIN` is https, and this request came by it. */
  'origin.ok': Finding<'ok', { origin: string }>;
  /** `PUBLIC_ORIGIN` is not set; this request came by https. Links and cookies follow each request's own host. */
  'origin.unset': Finding<'warning', { seen: string }>;
  /** localhost: nobody but this computer can use it. */
  'origin.local': Finding<'warning', { origin: string }>;
  /** http on anything but localhost: browsers withhold from such pages what Ferry needs. */
  'origin.insecure': Finding<'problem', { origin: string }>;
  /** This request was for `seen`, `PUBLIC_ORIGIN` is `origin`: another address is in use, or a proxy hides the right one. */
  'origin.differs': Finding<'warning', { origin: string; seen: string }>;

  /** `TRUST_PROXY` is off, and this request came without a proxy's headers. */
  'proxy.none': Finding<'ok', { address: string }>;
  /** A believed proxy says that the client is at `address`: whoever asks can compare. */
  'proxy.believed': Finding<'ok', { address: string; proxy: string }>;
  /** A proxy's headers came from `proxy`, which is not believed: everybody behind it looks like one client. */
  'proxy.ignored': Finding<'warning', { proxy: string }>;
  /** `TRUST_PROXY` is a number of proxies, but this request came without any: whoever can may invent an address. */
  'proxy.absent': Finding<'warning', { address: string }>;

  'registration.closed': Finding<'ok', NoFacts>;
  'registration.invite': Finding<'ok', NoFacts>;
  /** Open, at an address that is not one of the Internet's. */
  'registration.open': Finding<'ok', NoFacts>;
  /** Open, at an https address that may be reached from anywhere. */
  'registration.open-to-all': Finding<'warning', { origin: string }>;

  'database.ok': Finding<'ok', { sizeBytes: number }>;
  /** Nothing outlives the process; `disk` and `backup` are not told then. */
  'database.in-memory': Finding<'warning', NoFacts>;
  /** `PRAGMA quick_check` found something, or could not be run: its first sentence. */
  'database.damaged': Finding<'problem', { message: string }>;

  'disk.ok': Finding<'ok', { folder: string; freeBytes: number; totalBytes: number }>;
  /** Less than 1 GiB free. */
  'disk.low': Finding<'warning', { folder: string; freeBytes: number; totalBytes: number }>;
  /** Less than 100 MiB free. */
  'disk.full': Finding<'problem', { folder: string; freeBytes: number; totalBytes: number }>;
  'disk.unknown': Finding<'warning', { folder: string; error: string }>;

  'backup.recent': Finding<'ok', { file: string; madeAt: string; sizeBytes: number; ageDays: number }>;
  /** Older than 7 days. */
  'backup.old': Finding<'warning', { file: string; madeAt: string; sizeBytes: number; ageDays: number }>;
  'backup.none': Finding<'warning', { folder: string }>;

  /** It answered a request of the server itself. `families` such as `IPv4, IPv6`. */
  'stun.ok': Finding<'ok', { port: number; families: string }>;
  /** `STUN_PORT` is 0. */
  'stun.off': Finding<'off', NoFacts>;
  /** It answers on this computer only, because `STUN_HOST` or `HOST` says `host`: others are not offered it. */
  'stun.loopback-only': Finding<'warning', { port: number; host: string }>;
  'stun.port-in-use': Finding<'problem', { port: number }>;
  /** Could not listen for another reason; `error` such as `EACCES`. */
  'stun.not-listening': Finding<'problem', { port: number; error: string }>;
  /** It listens, but a request of the server itself went unanswered. */
  'stun.silent': Finding<'problem', { port: number }>;
  /** The next port, which only helps to tell kinds of address translation apart, could not be had. */
  'stun.second-port': Finding<'warning', { port: number; error: string }>;

  /** `TURN_URLS` is empty: behind strict routers there is no way. */
  'relay.none': Finding<'warning', NoFacts>;
  /** It took the credentials and gave the relayed address `address` in `tookMs`. */
  'relay.ok': Finding<'ok', { url: string; address: string; tookMs: number }>;
  /** Not a TURN address. */
  'relay.bad-url': Finding<'problem', { url: string }>;
  /** `turns:` with `transport=udp`: the server cannot check DTLS. */
  'relay.not-checked': Finding<'warning', { url: string }>;
  'relay.unknown-name': Finding<'problem', { url: string; host: string }>;
  /** `error` such as `ECONNREFUSED`, or `ETIMEDOUT` when nothing answered. */
  'relay.unreachable': Finding<'problem', { url: string; error: string }>;
  /** What answered there does not speak STUN, or not TLS where it should. */
  'relay.not-a-relay': Finding<'problem', { url: string; error: string }>;
  /** It does not take what `TURN_SECRET` signs: another secret, or a clock that is wrong by hours. */
  'relay.secret-refused': Finding<'problem', { url: string }>;
  /** It has given out as many addresses as it may (486), or as it can (508). */
  'relay.quota': Finding<'problem', { url: string; errorCode: number }>;
  /** It refused for another reason. */
  'relay.refused': Finding<'problem', { url: string; errorCode: number; reason: string }>;
  /** It asks nobody for credentials: anybody may use it. */
  'relay.no-credentials': Finding<'problem', { url: string }>;
  /** The relay is reached at a public address, but gives out a private one: `external-ip` is missing. */
  'relay.address-private': Finding<'problem', { url: string; address: string }>;

  /** It refuses to forward into private networks. */
  'relay.door-closed': Finding<'ok', { url: string }>;
  /** It would forward to these addresses, which only its own network should reach. */
  'relay.door-open': Finding<'problem', { url: string; peers: string }>;
  /** Whether it would could not be found out. */
  'relay.door-unknown': Finding<'warning', { url: string; error: string }>;

  'relay.certificate-ok': Finding<'ok', { url: string; endsAt: string; daysLeft: number }>;
  /** Less than 14 days. */
  'relay.certificate-ending': Finding<'warning', { url: string; endsAt: string; daysLeft: number }>;
  /** `daysLeft` is negative: since so many days. */
  'relay.certificate-expired': Finding<'problem', { url: string; endsAt: string; daysLeft: number }>;
  /** It is for `names`, comma-separated, not for `host`. */
  'relay.certificate-wrong-name': Finding<'problem', { url: string; host: string; names: string }>;
  /** Signed by itself: no browser takes it. */
  'relay.certificate-self-signed': Finding<'problem', { url: string }>;
  /** Signed by `issuer`, which is neither public nor `ROOT_CERTIFICATE`; `error` is OpenSSL's code. */
  'relay.certificate-untrusted': Finding<'problem', { url: string; issuer: string; error: string }>;
}

export type ServerCheckCode = keyof ServerFindings;

/** One of the findings: `code` says which, and with it what the facts are. */
export type ServerCheck = {
  [Code in ServerCheckCode]: {
    id: Code extends `${infer Id extends ServerCheckId}.${string}` ? Id : never;
    code: Code;
  } & ServerFindings[Code];
}[ServerCheckCode];

export interface ServerReport {
  /** Milliseconds since the epoch, by the server's clock. */
  checkedAt: number;
  version: string;
  checks: ServerCheck[];
}
