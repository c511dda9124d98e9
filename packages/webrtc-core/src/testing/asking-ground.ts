// People who ask each other for things by name, and serve them. Knows the exchange, no browser.
import type { Bundle } from '../content/source.ts';
import type { Asked, SourceOptions } from '../transfer/asking.ts';
import type { Outgoing } from '../transfer/outgoing.ts';
import type { Receiver } from '../transfer/receiver.ts';
import { type ExchangeGround, type Party, sameContents, storedContents } from './exchange-ground.ts';
import type { MemoryBundle } from './memory-bundle.ts';

/** What is known before anybody answered. */
export const SUMMARY = { title: 'x', itemCount: 1, entryCount: 1, totalBytes: 1 };

/** Serves what is asked for by name, and keeps what became of it. */
export function serves(party: Party, offered: Record<string, Bundle>) {
  const served: Outgoing[] = [];
  const asks: Asked[] = [];
  party.exchange.events.on('asked', (asked) => {
    asks.push(asked);
    const bundle = offered[asked.reference];
    if (bundle) served.push(asked.serve(bundle, { title: asked.reference, itemCount: 1 }));
    else asked.refuse('not-found');
  });
  return { served, asks, offered };
}

export const origin = (peerId: string, reference = 'it'): SourceOptions => ({
  peerId,
  reference: async () => reference,
  isOrigin: true,
});
export const copy = (peerId: string, reference = 'it'): SourceOptions => ({
  ...origin(peerId, reference),
  isOrigin: false,
});

export async function fetchFrom(ground: ExchangeGround, party: Party, sources: SourceOptions[]): Promise<Receiver> {
  const receiver = await party.exchange.fetch({ summary: SUMMARY, sources });
  await ground.clock.runUntil(() => receiver.manifest !== undefined);
  await receiver.accept();
  return receiver;
}

export const done = (ground: ExchangeGround, receiver: Receiver) =>
  ground.clock.runUntil(() => receiver.state.status === 'done');
export const isWhole = async (party: Party, receiver: Receiver, bundle: MemoryBundle) =>
  sameContents(await storedContents(party.stores, receiver), bundle.contents);
export const statuses = (receiver: Receiver) => receiver.sources.map(({ status }) => status);
