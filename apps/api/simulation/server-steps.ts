// What the simulated server does at each step, with the product's decisions: it places what is uploaded, tops it up while the
// uploader has it, and has repaired what needs it.
import { belowFloor } from '../src/store/below-floor.ts';
import { candidates, ownersOf } from '../src/store/candidates.ts';
import { placeGroup } from '../src/store/placement.ts';
import { isLeased, leaseTransition } from '../src/store/repair-lease.ts';
import { repairNeed } from '../src/store/repair-need.ts';
import { planRepair } from '../src/store/repair-plan.ts';
import { replaceColumns } from '../src/store/replacement.ts';
import type { StorePeer } from '../src/store/store-peer.ts';
import { uploaderHasFile } from '../src/store/uploader-has-file.ts';
import type { Outcome } from './outcome.ts';
import type { StoragePlan } from './scenario.ts';
import type { SimulatedCompany } from './simulated-company.ts';
import { FILE_BYTES, SimulatedFile } from './simulated-file.ts';
import type { SimulatedPeer } from './simulated-peer.ts';

export class ServerSteps {
  readonly #company: SimulatedCompany;
  readonly #plan: StoragePlan;
  readonly #outcome: Outcome;
  /** Who repairs which group. */
  readonly #repairers = new Map<string, string>();

  constructor(company: SimulatedCompany, plan: StoragePlan, outcome: Outcome) {
    this.#company = company;
    this.#plan = plan;
    this.#outcome = outcome;
  }

  upload(groupId: string, uploader: SimulatedPeer): SimulatedFile {
    const { nowMs, known, peers, random } = this.#company;
    // Columns of the smallest k are the largest.
    const able = this.#candidates(FILE_BYTES, uploader.ownerId);
    const code = this.#plan.choose(FILE_BYTES, { ownerCount: ownersOf(able).size });
    const file = new SimulatedFile(groupId, uploader, code, nowMs, peers);
    const using = { code, peers: known, candidates: able, needBytes: file.columnBytes, nowMs };
    const { columns, spares } = placeGroup(using, random);
    for (const assignment of [...columns, ...spares]) file.assign(assignment, nowMs);
    this.#company.look();
    return file;
  }

  step(file: SimulatedFile, elapsedMs: number): void {
    const { nowMs, known } = this.#company;
    if (uploaderHasFile({ acceptedAt: file.acceptedMs }, nowMs) && file.uploader.isOnline) this.#topUp(file);
    const { deadAfterMs, floor } = this.#plan.repair;
    const columns = file.columns(known, nowMs, deadAfterMs);
    if (floor) {
      const { code } = file;
      const { isOfficeTime } = this.#company;
      const watched = { code, onlineColumns: columns.online.size, isOfficeTime, elapsedMs };
      file.belowFloorOfficeMs = belowFloor(file.belowFloorOfficeMs, floor, watched);
    }
    if (isLeased(file.lease, nowMs) || file.acceptedMs === null) return;
    const { code, belowFloorOfficeMs } = file;
    const need = repairNeed({ code, columns, belowFloorOfficeMs }, this.#plan.repair);
    if (need) this.#repair(file, need);
  }

  #topUp(file: SimulatedFile): void {
    const { known, nowMs, random } = this.#company;
    const { deadAfterMs } = this.#plan.repair;
    const { taken } = file.columns(known, nowMs, deadAfterMs);
    if (taken.size >= this.#plan.raise(file.code, FILE_BYTES, { ownerCount: known.size - 1 }).n) return;
    const able = this.#candidates(file.columnBytes, file.uploader.ownerId);
    const holders = file.places.filter(({ index, state }) => state !== 'released' && taken.has(index));
    file.code = this.#plan.raise(file.code, FILE_BYTES, { ownerCount: ownersOf([...able, ...holders]).size });
    const using = this.#assigning(file, able);
    for (const assignment of replaceColumns(using, random)) file.assign(assignment, nowMs);
    this.#company.look();
  }

  #repair(file: SimulatedFile, need: NonNullable<ReturnType<typeof repairNeed>>): void {
    const { nowMs, random } = this.#company;
    const isNew = uploaderHasFile({ acceptedAt: file.acceptedMs }, nowMs);
    const able = this.#candidates(file.columnBytes, isNew ? file.uploader.ownerId : undefined);
    const busyPeerIds = new Set(this.#repairers.values());
    const plan = planRepair(need, { ...this.#assigning(file, able), busyPeerIds }, random);
    if (!plan) return;
    const [lease, [effect]] = leaseTransition(file.lease, { type: 'take', peerId: plan.repairerId }, nowMs);
    if (effect?.type !== 'granted') return;
    file.lease = lease;
    file.repair = { plan, token: effect.token };
    this.#repairers.set(file.groupId, plan.repairerId);
    for (const assignment of plan.columns) file.assign(assignment, nowMs);
    this.#outcome.repairedBytes += plan.sources.length * file.columnBytes;
    this.#company.look();
  }

  /** A repair that is over leaves its repairer free. */
  forgetRepairer(file: SimulatedFile): void {
    if (!file.repair) this.#repairers.delete(file.groupId);
  }

  #assigning({ code, places, columnBytes }: SimulatedFile, able: readonly StorePeer[]) {
    const { nowMs, known } = this.#company;
    const { deadAfterMs } = this.#plan.repair;
    return { code, places, peers: known, candidates: able, needBytes: columnBytes, nowMs, deadAfterMs };
  }

  #candidates(needBytes: number, exceptOwnerId: string | undefined): StorePeer[] {
    const { nowMs, known } = this.#company;
    return candidates(known.values(), { needBytes, nowMs, ...(exceptOwnerId === undefined ? {} : { exceptOwnerId }) });
  }
}
