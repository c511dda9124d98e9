// The people of the simulated company and their browsers at one moment after the other, as the server knows them.
import { Chance } from '../bench/chance.ts';
import { reconcile } from '../src/store/inventory.ts';
import { officeClock, USUAL_OFFICE_HOURS } from '../src/store/office-hours.ts';
import type { StorePeers } from '../src/store/store-peer.ts';
import type { Scenario } from './scenario.ts';
import type { SimulatedFile } from './simulated-file.ts';
import { SimulatedPeer } from './simulated-peer.ts';

/** A Monday. */
const EPOCH_MS = Date.UTC(2026, 0, 5);
const isOfficeTime = officeClock({ ...USUAL_OFFICE_HOURS, timeZone: 'UTC' });

export function isWorked(nowMs: number): boolean {
  return isOfficeTime(EPOCH_MS + nowMs);
}

export class SimulatedCompany {
  readonly peers: ReadonlyMap<string, SimulatedPeer>;
  readonly chance: Chance;
  nowMs = 0;
  isOfficeTime = false;
  /** As the server knows them now. */
  known: StorePeers = new Map();

  constructor({ peerCount, alwaysOnShare, days, seed }: Scenario, warmUpDays: number) {
    // The same people come and go at the same times, whatever is decided: what is compared differs in nothing else.
    const people = new Chance(seed);
    this.chance = new Chance(seed + 1_000_003);
    const peers = Array.from({ length: peerCount }, (_, number) => {
      return new SimulatedPeer(number, number < peerCount * alwaysOnShare, warmUpDays + days, people);
    });
    this.peers = new Map(peers.map((peer) => [peer.peerId, peer]));
  }

  readonly random = () => this.chance.next();

  advance(nowMs: number, elapsedMs: number, files: readonly SimulatedFile[]): void {
    this.nowMs = nowMs;
    this.isOfficeTime = isWorked(nowMs);
    for (const peer of this.peers.values()) {
      if (peer.advance(nowMs)) this.#hear(peer, files);
      if (this.isOfficeTime) peer.observe(elapsedMs);
    }
    this.look();
  }

  /** What the server knows of everybody, with the room that was just assigned. */
  look(): void {
    this.known = new Map(Array.from(this.peers.values(), (peer) => [peer.peerId, peer.snapshot()]));
  }

  /** A peer comes, and says what it has. */
  #hear(peer: SimulatedPeer, files: readonly SimulatedFile[]): void {
    const { peerId, columns } = peer;
    const expected = files.flatMap((file) => {
      return file.placesAt(peerId).map((place) => ({ groupId: file.groupId, place, file }));
    });
    const { events, unwanted } = reconcile(expected, columns);
    for (const { of, event } of events) of.file.apply(of.place, event, this.nowMs);
    for (const key of unwanted) columns.delete(key);
  }
}
