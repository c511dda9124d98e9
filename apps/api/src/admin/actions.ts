// Commands that do one of several things, which their first operand says. Knows none of them.
import type { Call } from './command.ts';
import { UsageError } from './failure.ts';
import { type OpenAccounts, withAccounts } from './open-accounts.ts';

export type Actions = Record<string, (call: Call, open: OpenAccounts) => void>;

/** @throws UsageError when the operand is none of them */
export function runAction(call: Call, command: string, actions: Actions): Promise<undefined> {
  const act = actions[call.operands[0]!];
  if (!act) throw new UsageError(`Say ${namesOf(command, actions)}.`, command);
  return withAccounts(call, (open) => {
    act(call, open);
    return undefined;
  });
}

/** “nodes list, nodes create or nodes remove” */
function namesOf(command: string, actions: Actions): string {
  const names = Object.keys(actions).map((action) => `${command} ${action}`);
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names);
}
