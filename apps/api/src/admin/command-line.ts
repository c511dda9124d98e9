// Reads a command line by a table of commands. Does nothing of what it says.
import { parseArgs } from 'node:util';
import type { Call, Command } from './command.ts';
import { UsageError } from './failure.ts';

/** @returns on which command help is asked for, or on all; undefined when it is not */
export function helpWanted([name, ...rest]: readonly string[]): { on: string | undefined } | undefined {
  const isHelp = (text: string | undefined) => text === '--help' || text === '-h';
  if (name === 'help' || isHelp(name)) return { on: rest[0] };
  return rest.some(isHelp) ? { on: name } : undefined;
}

/** @throws UsageError with a sentence */
export function parseCall(
  [name, ...rest]: readonly string[],
  commands: readonly Command[],
): Pick<Call, 'operands' | 'options'> & { command: Command } {
  if (name === undefined) throw new UsageError('Say what to do.');
  const command = commands.find((each) => each.name === name);
  if (!command) throw new UsageError(`There is no command "${name}".`);
  const { positionals, values } = parse(command, rest);
  const [least, most] = command.operands;
  if (positionals.length < least) throw new UsageError(`${name} needs ${command.syntax.split(' ')[0]}.`, name);
  if (positionals.length > most) {
    // They are not repeated: one may be a password.
    const taken = most === 0 ? 'options only' : `one ${command.syntax.split(' ')[0]}`;
    throw new UsageError(`${name} takes ${taken}, and there are ${positionals.length} words.`, name);
  }
  return { command, operands: positionals, options: values };
}

function parse({ name, options }: Command, args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's first sentence says it; the others are about the rules of its parser.
    const [sentence] = error instanceof Error ? error.message.split(/\. |\n/) : [String(error)];
    throw new UsageError(`${sentence}.`, name);
  }
}
