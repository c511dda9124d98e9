// Asks on a terminal without showing what is typed. Knows not what for.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Failure } from './failure.ts';

/**
 * @returns one answer for each question
 * @throws Failure on Ctrl-C and Ctrl-D
 */
export async function askHidden(
  questions: readonly string[],
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): Promise<string[]> {
  // Readline turns the terminal's own echo off and writes its own, line editing and all, to nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  lines.once('SIGINT', () => lines.close());
  // One iterator for all: what is pasted may hold several lines.
  const typed = lines[Symbol.asyncIterator]();
  try {
    const answers: string[] = [];
    for (const question of questions) {
      output.write(question);
      const { value, done } = await typed.next();
      output.write('\n');
      if (done) throw new Failure('Not done: nothing was changed.');
      answers.push(value);
    }
    return answers;
  } finally {
    lines.close();
  }
}
