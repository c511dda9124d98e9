// How assigned columns travel in the simulation: within one step, unless the lid of one side is closed, or the line is slow.
// Counts what is sent; decides nothing.
import type { Chance } from '../bench/chance.ts';
import { lapsedPlaces } from '../src/store/lapsed.ts';
import type { Place } from '../src/store/place.ts';
import { isCurrent, leaseTransition } from '../src/store/repair-lease.ts';
import type { StorePeer } from '../src/store/store-peer.ts';
import { uploaderHasFile } from '../src/store/uploader-has-file.ts';
import { MINUTE_MS } from './attendance.ts';
import type { Outcome } from './outcome.ts';
import type { SimulatedCompany } from './simulated-company.ts';
import type { SimulatedFile } from './simulated-file.ts';

/** Of assigned columns, that never arrive, though both sides are there. */
const STUCK = 0.02;
/** Of a column, that was sent for nothing when it is given up. */
const SENT_IN_VAIN = 0.5;
const STEP_MS = 5 * MINUTE_MS;

/** A place that is stuck stays so, whenever it is looked at. */
function isStuck(place: Place, chance: Chance, stuck: WeakMap<Place, boolean>): boolean {
  const known = stuck.get(place);
  if (known !== undefined) return known;
  const drawn = chance.is(STUCK);
  stuck.set(place, drawn);
  return drawn;
}

export class Transfers {
  readonly #stuck = new WeakMap<Place, boolean>();
  readonly #company: SimulatedCompany;
  readonly #outcome: Outcome;

  constructor(company: SimulatedCompany, outcome: Outcome) {
    this.#company = company;
    this.#outcome = outcome;
  }

  step(file: SimulatedFile): void {
    const assigned = file.places.filter(({ state }) => state === 'assigned');
    if (assigned.length > 0) this.#arrive(file, assigned);
    if (file.repair) this.#endRepair(file);
    const { nowMs, known } = this.#company;
    const { places, code } = file;
    const sourceOf = (place: Place) => this.#sourceOf(file, place);
    for (const place of lapsedPlaces({ places, code, peers: known, nowMs, sourceOf })) {
      if (!this.#isSpare(file, place)) this.#count(file, place, SENT_IN_VAIN);
      file.apply(place, 'release', nowMs);
    }
  }

  #arrive(file: SimulatedFile, assigned: readonly Place[]): void {
    const { nowMs, peers, chance } = this.#company;
    // Spares are served when something is slow, and as many as are still wanting.
    for (const place of assigned.toSorted((a, b) => a.index - b.index)) {
      const isThere = peers.get(place.peerId)!.isOnline && this.#sourceOf(file, place)?.onlineSinceMs != null;
      const isUnderWay = isThere && place.sinceMs < nowMs;
      if (!isUnderWay || isStuck(place, chance, this.#stuck)) continue;
      if (heldColumns(file) >= file.code.n && !isOfRepair(file, place)) continue;
      if (this.#isSpare(file, place) && nowMs - place.sinceMs <= STEP_MS) continue;
      this.#count(file, place, 1);
      file.apply(place, 'receipt', nowMs);
    }
  }

  #sourceOf(file: SimulatedFile, place: Place): StorePeer | undefined {
    const { known, nowMs } = this.#company;
    const { repair, lease, uploader } = file;
    if (repair && isOfRepair(file, place)) {
      return isCurrent(lease, repair.token, nowMs) ? known.get(repair.plan.repairerId) : undefined;
    }
    return uploaderHasFile({ acceptedAt: file.acceptedMs }, nowMs) ? known.get(uploader.peerId) : undefined;
  }

  #isSpare(file: SimulatedFile, place: Place): boolean {
    return place.index >= file.code.n;
  }

  #count(file: SimulatedFile, place: Place, share: number): void {
    // What somebody held before is made again, be it by the uploader.
    const isRepair = isOfRepair(file, place) || file.wasHeld(place.index);
    if (isRepair) this.#outcome.repairedBytes += share * file.columnBytes;
    else this.#outcome.uploadedBytes += share * file.columnBytes;
  }

  /** It is over when the lease is, or when nothing moves any more. */
  #endRepair(file: SimulatedFile): void {
    const { nowMs, peers, chance } = this.#company;
    const { plan, token } = file.repair!;
    if (isCurrent(file.lease, token, nowMs) && peers.get(plan.repairerId)!.isOnline) {
      const left = file.places.filter((place) => place.state === 'assigned' && isOfRepair(file, place));
      if (left.some((place) => place.sinceMs === nowMs || !isStuck(place, chance, this.#stuck))) return;
      [file.lease] = leaseTransition(file.lease, { type: 'end', token }, nowMs);
    }
    if (!isCurrent(file.lease, token, nowMs)) file.repair = null;
  }
}

function isOfRepair(file: SimulatedFile, place: Place): boolean {
  return (
    file.repair?.plan.columns.some(({ index, peerId }) => index === place.index && peerId === place.peerId) ?? false
  );
}

function heldColumns(file: SimulatedFile): number {
  return new Set(file.places.filter(({ state }) => state === 'held').map(({ index }) => index)).size;
}
