// How ferry-admin is used, from a table of commands. Pure.
import type { Command } from './command.ts';

type Described = Pick<Command, 'name' | 'syntax' | 'summary'>;

const HELP: Described = { name: 'help', syntax: '[command]', summary: 'Tells this, or how one command is used.' };

/** @param name of one command; all are listed when there is no such one */
export function usageOf(commands: readonly Described[], name?: string): string {
  const command = commands.find((each) => each.name === name);
  if (command) return `ferry-admin ${lineOf(command)}\n  ${command.summary}`;
  const lines = [...commands, HELP].map((each) => `  ${lineOf(each)}\n      ${each.summary}`);
  return `ferry-admin <command>, with DATA_DIR as the server has it:\n\n${lines.join('\n')}`;
}

function lineOf({ name, syntax }: Described): string {
  return `${name} ${syntax}`.trimEnd();
}
