// An error as the log has it: what kind, where it was thrown, what caused it. Its message only where it is the system's
// own, since others quote what they were given: JSON.parse a piece of the body, drizzle every value of a query. Pure.

export interface LoggedError {
  type: string;
  code?: string;
  message: string;
  /** Frames only: a stack as Node makes it begins with the message. */
  stack: string;
  cause?: LoggedError;
  [key: string]: unknown;
}

const WITHHELD = '(withheld)';
const MESSAGE_CHARACTERS = 300;
const FRAMES = 12;
const CAUSES = 3;

export function describeError(error: unknown): LoggedError {
  return describe(error, CAUSES);
}

function describe(error: unknown, causesLeft: number): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: WITHHELD, stack: '' };
  const { code, cause, statusCode } = error as { code?: unknown; cause?: unknown; statusCode?: unknown };
  // Of a client's mistake the code says all; where in our code it was found says nothing.
  const isClients = typeof statusCode === 'number' && statusCode < 500;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: isFromSystem(error) ? error.message.slice(0, MESSAGE_CHARACTERS) : WITHHELD,
    stack: isClients ? '' : framesOf(error),
    ...(causesLeft > 0 && cause !== undefined ? { cause: describe(cause, causesLeft - 1) } : {}),
  };
}

/** SQLite names tables and columns, the operating system its call and the operator's own files and addresses. */
function isFromSystem(error: Error): boolean {
  return error.name === 'SqliteError' || ('errno' in error && 'syscall' in error);
}

/** What follows the message; none when the message was changed after the stack was written. */
function framesOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message);
  if (start < 0) return '';
  const lines = stack.slice(start + message.length).split('\n');
  const frames = lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
  return frames.slice(0, FRAMES).join('\n');
}
