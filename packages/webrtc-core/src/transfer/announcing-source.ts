// The one device that announced a bundle to this side: tells its manifest page by page, and is the only source there is.
// Knows neither the store nor the user.
import type { BundleSummary } from '../content/manifest.ts';
import { type FerryError, ProtocolError } from '../errors.ts';
import type { ManifestMessage } from '../wire/bundle-message.ts';
import type { Link } from '../wire/link.ts';
import type { SourceInfo } from './asking.ts';
import type { SourceContent } from './fetch-source.ts';
import { ManifestCollector } from './manifest-collector.ts';
import { peerEventOf } from './peer-event.ts';
import type { ReceiverSources, SourcedReceiver, SourceMessage } from './receiver-sources.ts';

export class AnnouncingSource implements ReceiverSources {
  readonly #receiver: SourcedReceiver;
  readonly #peerId: string;
  readonly #collector: ManifestCollector;
  #hasTold = false;

  constructor(receiver: SourcedReceiver, peerId: string, summary: BundleSummary) {
    this.#receiver = receiver;
    this.#peerId = peerId;
    this.#collector = new ManifestCollector(summary);
  }

  get infos(): SourceInfo[] {
    const status = this.#receiver.links.size > 0 ? 'serving' : 'unreachable';
    const movedBytes = this.#receiver.fetching?.movedBytes ?? 0;
    return [{ peerId: this.#peerId, status, isOrigin: true, movedBytes }];
  }

  /** Whether an announcement is answered is its sender's concern. */
  get peerIds(): string[] {
    return this.#receiver.state.status === 'announced' ? [] : [this.#peerId];
  }

  get count(): number {
    return 1;
  }

  has(peerId: string): boolean {
    return this.#peerId === peerId;
  }

  attach(peerId: string, link: Link): void {
    const { status } = this.#receiver.state;
    if (status === 'announced') return this.#askManifest(link);
    // A stalled transfer starts with every link it has; one that is moving gains a source.
    if (status === 'fetching' || status === 'finishing') this.#receiver.fetchFrom(peerId, link);
    else this.#receiver.apply({ type: 'connected' });
  }

  detach(peerId: string): void {
    this.#receiver.fetching?.removeSource(peerId);
    if (this.#receiver.links.size === 0) this.#receiver.apply({ type: 'disconnected' });
  }

  handle(_: string, message: SourceMessage): void {
    switch (message.type) {
      case 'manifest':
        return this.#addPage(message);
      case 'have':
        return;
      case 'pause':
      case 'resume':
      case 'cancel':
      case 'abort':
        return this.#receiver.apply(peerEventOf(message));
      default:
        throw ProtocolError.unexpected(`${message.type} to a receiver`);
    }
  }

  /** There is nobody else to go on with. */
  drop(_: string, error: FerryError): void {
    this.#receiver.fail(error);
  }

  /** There are no others. */
  rest(): void {}

  dismiss(): void {}

  gave(): void {}

  active(): Iterable<[peerId: string, link: Link]> {
    return this.#receiver.links;
  }

  /** Both sides number things alike, and it has all of them. */
  contentOf(): SourceContent {
    return {};
  }

  /** What it announced it has, or it fails. */
  lostEntries(): readonly number[] {
    return [];
  }

  accepted(): void {
    if (this.#receiver.links.size === 0) this.#receiver.apply({ type: 'disconnected' });
  }

  restored(): void {
    if (this.#receiver.links.size > 0) this.#receiver.apply({ type: 'connected' });
  }

  retried(): void {
    this.restored();
  }

  close(): void {}

  #askManifest(link: Link): void {
    // Also when it is known: a sender that has forgotten the transfer says so then.
    link.send({ type: 'list', transfer: this.#receiver.transfer, firstEntry: this.#collector.nextEntry });
  }

  #addPage(page: ManifestMessage): void {
    // A page asked for on a link that broke may come again on the next one.
    if (this.#hasTold || page.firstEntry < this.#collector.nextEntry) return;
    const manifest = this.#collector.add(page);
    this.#hasTold = manifest !== undefined;
    if (manifest) this.#receiver.told(manifest);
    else for (const link of this.#receiver.links.values()) this.#askManifest(link);
  }
}
