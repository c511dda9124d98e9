// What a simulation counts, and what it comes to. Outcomes of several seeds add up to one.
import { DAY_MS } from './attendance.ts';
import { FILE_BYTES } from './simulated-file.ts';

const MONTH_MS = 30 * DAY_MS;

export class Outcome {
  uploadedBytes = 0;
  repairedBytes = 0;
  heldBytesAtTheEnd = 0;
  files = 0;
  fileMs = 0;
  acceptedWithinAnHour = 0;
  /** Accepted, and fewer than k of its columns are alive. */
  insufficientAtTheEnd = 0;
  /** Of moments in office time, once for each file that was accepted. */
  looks = 0;
  fetchableLooks = 0;
  /** Of the same moments, once for each peer. */
  peerLooks = 0;
  onlinePeerLooks = 0;

  /** Share of office time in which a file can be restored from what its holders have. */
  get availability(): number {
    return this.fetchableLooks / this.looks;
  }

  /** Times the bytes of the files, like the two below. */
  get upload(): number {
    return this.uploadedBytes / (this.files * FILE_BYTES);
  }

  get repairAMonth(): number {
    return this.repairedBytes / FILE_BYTES / (this.fileMs / MONTH_MS);
  }

  get stored(): number {
    return this.heldBytesAtTheEnd / (this.files * FILE_BYTES);
  }

  get accepted(): number {
    return this.acceptedWithinAnHour / this.files;
  }

  get online(): number {
    return this.onlinePeerLooks / this.peerLooks;
  }

  add(other: Outcome): this {
    this.uploadedBytes += other.uploadedBytes;
    this.repairedBytes += other.repairedBytes;
    this.heldBytesAtTheEnd += other.heldBytesAtTheEnd;
    this.files += other.files;
    this.fileMs += other.fileMs;
    this.acceptedWithinAnHour += other.acceptedWithinAnHour;
    this.insufficientAtTheEnd += other.insufficientAtTheEnd;
    this.looks += other.looks;
    this.fetchableLooks += other.fetchableLooks;
    this.peerLooks += other.peerLooks;
    this.onlinePeerLooks += other.onlinePeerLooks;
    return this;
  }
}
