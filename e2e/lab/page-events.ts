// Runs in the page, where it tells the console what happens to connections, to the network as the browser sees
// it, and to the transfers. Changes nothing there; knows its own words only.

export interface PageEventsOptions {
  /** Begins every line. */
  mark: string;
  /** A transfer without progress for this long is worth a line. */
  stillMs: number;
}

/** Self-contained: Playwright hands it over as text. */
export function tellPageEvents({ mark, stillMs }: PageEventsOptions): void {
  const say = (text: string) => console.debug(mark + text);
  let connections = 0;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      const name = `connection ${++connections}`;
      say(`${name} made`);
      this.addEventListener('connectionstatechange', () => say(`${name} ${this.connectionState}`));
      this.addEventListener('iceconnectionstatechange', () => say(`${name} ice ${this.iceConnectionState}`));
      this.addEventListener('signalingstatechange', () => say(`${name} signaling ${this.signalingState}`));
    }

    override restartIce(): void {
      say('ICE restart');
      super.restartIce();
    }
  };
  for (const event of ['online', 'offline']) addEventListener(event, () => say(`browser ${event}`));

  const rows = new Map<string, { state: string; percent: string; sinceMs: number; isStill: boolean }>();
  function look(row: Element): void {
    const title = row.querySelector('h3')?.textContent?.trim() ?? '';
    const state = `${row.getAttribute('data-status')}, ${row.getAttribute('data-route')}`;
    const percent = row.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? '-';
    const was = rows.get(title);
    const sinceMs = was?.percent === percent ? was.sinceMs : Date.now();
    const isStill = Date.now() - sinceMs > stillMs;
    const still = isStill ? `, no progress for ${((Date.now() - sinceMs) / 1000).toFixed(1)} s` : '';
    if (was?.state !== state || was.isStill !== isStill) say(`${title}: ${state}, ${percent} %${still}`);
    rows.set(title, { state, percent, sinceMs, isStill });
  }
  setInterval(() => document.querySelectorAll('article[data-status]').forEach(look), 250);
}
