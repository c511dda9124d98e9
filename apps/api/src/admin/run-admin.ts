// From a command line to an exit code: 0 done, 1 failed, 2 not understood. Every failure is a sentence.
import { helpWanted, parseCall } from './command-line.ts';
import { COMMANDS } from './commands.ts';
import { UsageError } from './failure.ts';
import { readSite } from './site.ts';
import type { Terminal } from './terminal.ts';
import { usageOf } from './usage.ts';
import { sentenceOf } from './words.ts';

/** @param args without Node and the program's name */
export async function runAdmin(args: string[], variables: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  try {
    const help = helpWanted(args);
    if (help) {
      terminal.say(usageOf(COMMANDS, help.on));
      return 0;
    }
    const { command, operands, options } = parseCall(args, COMMANDS);
    const isFine = await command.run({ operands, options, site: readSite(variables), terminal });
    return isFine === false ? 1 : 0;
  } catch (error) {
    terminal.note(sentenceOf(error));
    if (!(error instanceof UsageError)) return 1;
    terminal.note(`\n${usageOf(COMMANDS, error.command)}`);
    return 2;
  }
}
