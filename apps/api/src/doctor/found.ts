// Makes one of the findings that packages/shared lists, so that outcome and facts belong to their code.
import type { ServerCheck, ServerCheckCode, ServerFindings } from '@ferry/shared';

/** @example found('disk.low', 'warning', { folder, freeBytes, totalBytes }) */
export function found<Code extends ServerCheckCode>(
  code: Code,
  outcome: ServerFindings[Code]['outcome'],
  facts: ServerFindings[Code]['facts'],
): ServerCheck {
  return { id: code.slice(0, code.indexOf('.')), code, outcome, facts } as ServerCheck;
}
