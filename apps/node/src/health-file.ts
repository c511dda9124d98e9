// A file that is fresh as long as the node is connected to its server, for whoever looks after a container. Knows no server.
import { rmSync, writeFileSync } from 'node:fs';

/** Whoever looks takes one that is three times as old for stale. */
const EVERY_MS = 20_000;

/** @returns stops it, and takes the file away */
export function keepHealthFile(file: string, isConnected: () => boolean): () => void {
  const touch = () => {
    // A disk that takes nothing is told of by what is kept there.
    if (isConnected()) attempt(() => writeFileSync(file, ''));
  };
  touch();
  const timer = setInterval(touch, EVERY_MS);
  return () => {
    clearInterval(timer);
    attempt(() => rmSync(file, { force: true }));
  };
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Then it is stale, and that is said of the node, too.
  }
}
