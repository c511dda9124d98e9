// The program's log: JSON lines by pino, each a sentence. It names no file and holds no secret.
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** @param destination instead of standard output */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: undefined };
  return destination ? pino(options, destination) : pino(options);
}
