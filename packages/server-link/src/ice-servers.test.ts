import type { IceConfiguration } from '@ferry/shared';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IceServers } from './ice-servers.ts';

const LIFETIME_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server whose every answer is another one. */
class Answers {
  count = 0;
  next: () => Promise<IceConfiguration> = async () => this.#answer();
  readonly servers = new IceServers(() => this.next());

  #answer(): IceConfiguration {
    const urls = [`turn:relay-${++this.count}.example`];
    return { iceServers: [{ urls }], expiresAt: Date.now() + LIFETIME_MS, probeUrls: [] };
  }
}

const named = (name: string) => ({ iceServers: [{ urls: [`turn:${name}.example`] }] });
const offline = () => Promise.reject(new Error('offline'));
const silent = () => new Promise<IceConfiguration>(() => {});

test('the server is asked each time', async () => {
  const { servers } = new Answers();
  expect([await servers.configuration(), await servers.configuration()]).toEqual([named('relay-1'), named('relay-2')]);
});

test('its last answer is used while it cannot be reached, as long as it holds', async () => {
  const answers = new Answers();
  await answers.servers.configuration();
  answers.next = offline;
  vi.advanceTimersByTime(LIFETIME_MS - 1);
  expect(await answers.servers.configuration()).toEqual(named('relay-1'));
  vi.advanceTimersByTime(1);
  await expect(answers.servers.configuration()).rejects.toThrow('offline');
});

test('its last answer is used while it says nothing, before the core would wait no longer', async () => {
  const answers = new Answers();
  await answers.servers.configuration();
  answers.next = silent;
  const configuration = answers.servers.configuration();
  await vi.advanceTimersByTimeAsync(1500);
  expect(await configuration).toEqual(named('relay-1'));
});

test('an answer without credentials does not end', async () => {
  const answers = new Answers();
  answers.next = async () => ({ iceServers: [{ urls: ['stun:a.example'] }], expiresAt: null, probeUrls: [] });
  await answers.servers.configuration();
  answers.next = offline;
  vi.advanceTimersByTime(LIFETIME_MS * 1000);
  expect(await answers.servers.configuration()).toEqual({ iceServers: [{ urls: ['stun:a.example'] }] });
});

test('without an earlier answer the refusal is passed on, and a late answer is taken', async () => {
  const answers = new Answers();
  const { next } = answers;
  answers.next = offline;
  await expect(answers.servers.configuration()).rejects.toThrow('offline');
  answers.next = () => new Promise((resolve) => setTimeout(() => resolve(next()), 1900));
  const configuration = answers.servers.configuration();
  await vi.advanceTimersByTimeAsync(1900);
  expect(await configuration).toEqual(named('relay-1'));
});
