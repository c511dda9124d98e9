// Why `--lan` cannot start; the message is for whoever started it, and says what to do.

export type LanErrorCode =
  | 'no-data-folder'
  | 'public-origin'
  | 'authority-unreadable'
  | 'authority-incomplete'
  | 'authority-damaged'
  | 'authority-expired';

export class LanError extends Error {
  readonly code: LanErrorCode;

  constructor(code: LanErrorCode, reason: string, options?: ErrorOptions) {
    super(`Ferry cannot start with --lan: ${reason}`, options);
    this.code = code;
  }
}
