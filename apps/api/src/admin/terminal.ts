// Where ferry-admin writes and asks. Knows no commands.
import { Failure } from './failure.ts';
import { askHidden } from './hidden-question.ts';

export interface Terminal {
  /** A result, on standard output. */
  say(line: string): void;
  /** Anything else, on standard error. */
  note(line: string): void;
  /** Twice without showing it, or from standard input when that is no terminal. */
  readPassword(): Promise<string>;
}

/** More than any password has, and little enough to hold. */
const INPUT_CHARACTERS = 4096;

export function openTerminal({ stdin, stdout, stderr } = process): Terminal {
  // Whoever reads only the first lines of a result has not made it fail.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  return {
    say: (line) => void stdout.write(`${line}\n`),
    note: (line) => void stderr.write(`${line}\n`),
    readPassword: () => (stdin.isTTY ? askTwice(stdin, stderr) : readLine(stdin)),
  };
}

async function askTwice(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Promise<string> {
  const [first, second] = await askHidden(['Password: ', 'Once more: '], input, output);
  if (first !== second) throw new Failure('The two passwords are not the same. Nothing was changed.');
  return first!;
}

async function readLine(input: NodeJS.ReadStream): Promise<string> {
  let text = '';
  for await (const part of input.setEncoding('utf8')) {
    text += part;
    if (text.length > INPUT_CHARACTERS) break;
  }
  const password = text.replace(/\r?\n$/, '');
  if (password === '') {
    throw new Failure(
      'There is no terminal to ask for the password, and standard input is empty. Pipe it in, or use --generate.',
    );
  }
  if (/[\r\n]/.test(password)) throw new Failure('Standard input has more than one line: the password is one.');
  return password;
}
