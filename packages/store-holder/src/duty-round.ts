// One look at what there is to do: tells the server what it does not know of this device, asks it what it wants, and has
// that done. Everything in turn, so that nothing that is told contradicts what was told a moment ago.
import { type Column, type Duty, LIMITS } from '@ferry/shared';
import type { AuditDuties } from './audit-duties.ts';
import type { ColumnServing } from './column-serving.ts';
import type { ColumnShelf } from './column-shelf.ts';
import type { DeviceSigner } from './device-signer.ts';
import type { HolderServer } from './holder-server.ts';
import { tellInventory } from './inventory.ts';
import type { KeepDuties } from './keep-duties.ts';
import type { Receipts } from './receipts.ts';
import { type ReleaseDuty, releaseColumns } from './release-duties.ts';
import type { RepairDuties } from './repair-duties.ts';
import type { SpaceOffering } from './space-offering.ts';

export interface DutyRoundOptions {
  server: HolderServer;
  signer: DeviceSigner;
  shelf: ColumnShelf;
  serving: ColumnServing;
  keeping: KeepDuties;
  receipts: Receipts;
  repairs: RepairDuties;
  audits: AuditDuties;
  space: SpaceOffering;
}

export class DutyRound {
  readonly #options: DutyRoundOptions;
  #isKeyTold = false;
  #isInventoryTold = false;

  constructor(options: DutyRoundOptions) {
    this.#options = options;
  }

  /** The server may have been started anew, or have lost what it knew. */
  tellEverything(): void {
    this.#isKeyTold = false;
    this.#isInventoryTold = false;
    this.#options.space.tellAnew();
  }

  /** Something that is believed to be here is not, and nobody asked for that. */
  tellInventory(): void {
    this.#isInventoryTold = false;
  }

  /** @throws what the server's port throws: then it is begun anew with the next one */
  async run(): Promise<void> {
    const { server, signer, space, receipts, keeping } = this.#options;
    if (!this.#isKeyTold) await server.putKeys(signer.keys);
    this.#isKeyTold = true;
    await space.tell();
    await this.#tellInventory();
    await receipts.tell();
    const { deviceId } = signer.keys;
    await this.#take(await server.duties({ deviceId, moving: keeping.takeMoved() }));
  }

  async #tellInventory(): Promise<void> {
    if (this.#isInventoryTold) return;
    const { server, signer, shelf } = this.#options;
    // Set before: what is lost while it is told is told with another one.
    this.#isInventoryTold = true;
    try {
      await tellInventory({ deviceId: signer.keys.deviceId, shelf, server });
    } catch (error) {
      this.#isInventoryTold = false;
      throw error;
    }
  }

  async #take(duties: readonly Duty[]): Promise<void> {
    const { keeping, receipts, repairs, audits } = this.#options;
    // First, for it makes room.
    await this.#release(duties.filter((duty) => duty.type === 'release'));
    const keeps = duties.filter((duty) => duty.type === 'keep');
    await keeping.take(keeps, { isPart: keeps.length >= LIMITS.storeKeepDuties });
    await receipts.tellAgain(keeps.map(({ column }) => column));
    await repairs.take(duties.filter((duty) => duty.type === 'repair'));
    await audits.take(duties.filter((duty) => duty.type === 'audit'));
  }

  async #release(duties: readonly ReleaseDuty[]): Promise<void> {
    const { server, signer, shelf, serving, keeping } = this.#options;
    const letGo = async (column: Column) => {
      serving.withdraw(column);
      await keeping.drop(column);
    };
    await releaseColumns(duties, { deviceId: signer.keys.deviceId, shelf, server, letGo });
  }
}
