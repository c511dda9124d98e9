// Audits that this device is asked for, one at a time, and what came of them: said until the server has heard it. Fetches
// nothing itself.
import type { AuditVerdict } from '@ferry/shared';
import { type AuditDuty, auditChunk, type ChunkAuditOptions } from './chunk-audit.ts';
import type { HolderServer } from './holder-server.ts';

export interface AuditDutiesOptions extends ChunkAuditOptions {
  deviceId: string;
  server: Pick<HolderServer, 'audited'>;
  /** There is something to tell. */
  onVerdict: () => void;
}

export class AuditDuties {
  readonly #options: AuditDutiesOptions;
  readonly #verdicts = new Map<string, AuditVerdict>();
  #current: { auditId: string; stop: AbortController; ended: Promise<void> } | undefined;

  constructor(options: AuditDutiesOptions) {
    this.#options = options;
  }

  /** What the server says now is all there is to audit. */
  async take(duties: readonly AuditDuty[]): Promise<void> {
    const wanted = new Set(duties.map(({ auditId }) => auditId));
    for (const auditId of this.#verdicts.keys()) if (!wanted.has(auditId)) this.#verdicts.delete(auditId);
    if (this.#current && !wanted.has(this.#current.auditId)) await this.stop();
    for (const duty of duties) await this.#tell(duty);
    const next = duties.find(({ auditId }) => !this.#verdicts.has(auditId));
    if (next && !this.#current) this.#begin(next);
  }

  async stop(): Promise<void> {
    this.#current?.stop.abort();
    await this.#current?.ended;
  }

  #begin(duty: AuditDuty): void {
    const { auditId } = duty;
    const stop = new AbortController();
    const ended = auditChunk(duty, this.#options, stop.signal).then(
      (verdict) => this.#found(auditId, stop.signal.aborted ? undefined : verdict),
      () => this.#found(auditId, 'silent'),
    );
    this.#current = { auditId, stop, ended };
  }

  #found(auditId: string, verdict: AuditVerdict | undefined): void {
    this.#current = undefined;
    if (!verdict) return;
    this.#verdicts.set(auditId, verdict);
    this.#options.onVerdict();
  }

  /** A server that does not want to hear it says so by not asking any more. */
  async #tell({ auditId }: AuditDuty): Promise<void> {
    const { server, deviceId } = this.#options;
    const verdict = this.#verdicts.get(auditId);
    if (verdict) await server.audited({ deviceId, auditId, verdict }).catch(() => {});
  }
}
