// What a command of ferry-admin is.
import type { Site } from './site.ts';
import type { Terminal } from './terminal.ts';

export interface Command {
  name: string;
  /** What follows the name, such as `<name> [--admin]`. */
  syntax: string;
  /** One sentence, for the list of commands. */
  summary: string;
  /** How many operands it takes at least and at most. */
  operands: [least: number, most: number];
  options: Record<string, { type: 'string' | 'boolean' }>;
  /**
   * Resolves with false when it was done and its answer is that something is wrong.
   *
   * @throws an error with a sentence when it could not be done
   */
  run(call: Call): undefined | boolean | Promise<undefined | boolean>;
}

export interface Call {
  operands: string[];
  options: Record<string, string | boolean | undefined>;
  site: Site;
  terminal: Terminal;
}
