import { expect, test } from 'vitest';
import { Chance } from '../../bench/chance.ts';
import { held, manyPeers, peer } from '../testing/store-peers.ts';
import type { Code } from './code.ts';
import { groupFacts } from './group-facts.ts';
import type { Place } from './place.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';
import { CHUNK_BYTES, groupCount } from './stored-size.ts';
import { planUpkeep, type UpkeepFacts } from './version-upkeep.ts';

const MINUTE_MS = 60_000;
const CODE = { k: 4, n: 10 };
const UPLOADER = peer('uploader', { ownerId: 'me' });

/** A file of some groups, and what becomes of it step by step. */
class Upload {
  readonly places = new Map<number, Place[]>();
  readonly peers: StorePeers;
  readonly code: Code;
  readonly sizeBytes: number;
  uploader: StorePeer | undefined = UPLOADER;
  movingElsewhere = 0;
  readonly #chance = new Chance(1);

  constructor(groups: number, peers: StorePeers = manyPeers(20), code: Code = CODE) {
    this.sizeBytes = Math.ceil(groups * 64 * code.k * CHUNK_BYTES);
    this.peers = peers;
    this.code = code;
  }

  step(nowMs = 0, peers = this.peers) {
    const groups = Array.from({ length: groupCount(this.sizeBytes, this.code.k) }, (_, group) => group);
    const facts: UpkeepFacts = {
      uploader: this.uploader,
      uploaderOwnerId: UPLOADER.ownerId,
      peers,
      nowMs,
      groups: groups.map((group) => groupFacts(this, group, this.places.get(group) ?? [], nowMs)),
      firstNew: this.places.size,
      movingElsewhere: this.movingElsewhere,
    };
    const upkeep = planUpkeep(facts, () => this.#chance.next());
    for (const { group, index, peerId } of upkeep.released) this.#set(group, index, peerId, 'released', nowMs);
    for (const { group, index, peerId, ownerId } of upkeep.assigned) {
      const places = this.places.get(group) ?? [];
      this.places.set(group, [...places, { index, peerId, ownerId, state: 'assigned', sinceMs: nowMs }]);
    }
    return upkeep;
  }

  /** The first of those who were asked sign. */
  hold(group: number, count: number, nowMs = 0) {
    const asked = this.in(group, 'assigned').slice(0, count);
    for (const { index, peerId } of asked) this.#set(group, index, peerId, 'held', nowMs);
  }

  in(group: number, state: Place['state']) {
    return (this.places.get(group) ?? []).filter((place) => place.state === state);
  }

  #set(group: number, index: number, peerId: string, state: Place['state'], sinceMs: number) {
    const places = this.places.get(group)!;
    const at = places.findIndex(
      (place) => place.index === index && place.peerId === peerId && place.state !== 'released',
    );
    places[at] = { ...places[at]!, state, sinceMs };
  }
}

test('two groups are begun, and the next one when one of them is safe', () => {
  const upload = new Upload(5);
  upload.step();
  expect([...upload.places.keys()]).toEqual([0, 1]);
  expect(upload.in(0, 'assigned')).toHaveLength(12);
  expect(upload.step()).toEqual({ assigned: [], released: [] });
  upload.hold(0, 6);
  expect(upload.step().assigned).toEqual([]);
  upload.hold(0, 1);
  upload.step();
  expect([...upload.places.keys()]).toEqual([0, 1, 2]);
});

test('each group is with the same people, each with the same column', () => {
  const upload = new Upload(3);
  upload.step();
  upload.hold(0, 10);
  upload.step();
  const holders = (group: number) =>
    (upload.places.get(group) ?? []).filter(({ index }) => index < 10).map(({ peerId }) => peerId);
  expect(holders(1)).toEqual(holders(0));
  expect(holders(2)).toEqual(holders(0));
});

test('with the acceptance the spares are let go, with n columns all others', () => {
  const upload = new Upload(1);
  upload.step();
  upload.hold(0, 7);
  expect(upload.step().released.map(({ index }) => index)).toEqual([10, 11]);
  upload.hold(0, 3);
  expect(upload.step()).toEqual({ assigned: [], released: [] });
  expect(upload.in(0, 'held')).toHaveLength(10);
});

test('who vanished is replaced by somebody else, if there is anybody', () => {
  const upload = new Upload(1);
  upload.step();
  const gone = upload.in(0, 'assigned').slice(3, 6);
  const away = gone.map(({ peerId }) => peerId);
  const without = manyPeers(20, (index) => (away.includes(`p${index}`) ? { onlineSinceMs: null } : {}));
  expect(upload.step(MINUTE_MS, without)).toEqual({ assigned: [], released: [] });
  // There are two spares.
  const { assigned, released } = upload.step(2 * MINUTE_MS, without);
  expect(released).toMatchObject([{ index: gone[0]!.index, peerId: gone[0]!.peerId }]);
  expect(assigned).toMatchObject([{ index: gone[0]!.index }]);
  expect(away).not.toContain(assigned[0]!.peerId);

  const small = new Upload(1, manyPeers(5), { k: 2, n: 5 });
  small.step();
  const fewer = manyPeers(5, (index) => (index === 2 ? { onlineSinceMs: null } : {}));
  expect(small.step(10 * MINUTE_MS, fewer)).toEqual({ assigned: [], released: [] });
});

test('a group that nobody can help does not keep the next ones waiting', () => {
  const upload = new Upload(4);
  upload.step();
  for (const group of [0, 1]) upload.hold(group, 6);
  const asleep = upload.in(0, 'assigned').map(({ peerId }) => peerId);
  const peers = new Map(
    [...upload.peers].map(([id, one]) => [id, { ...one, freeBytes: asleep.includes(id) ? 0 : one.freeBytes }]),
  );
  const away = new Map(
    [...peers].map(([id, one]) => [id, asleep.includes(id) ? { ...one, onlineSinceMs: null } : one]),
  );
  upload.step(MINUTE_MS, away);
  expect([...upload.places.keys()]).toContain(2);
});

test('nobody is asked for more than four columns of a version at a time', () => {
  const upload = new Upload(8, manyPeers(3), { k: 1, n: 3 });
  for (let step = 0; step < 8; step++) {
    upload.step();
    // Two of three are quick.
    for (const group of upload.places.keys())
      for (const peerId of ['p0', 'p1']) {
        const place = upload.in(group, 'assigned').find((one) => one.peerId === peerId);
        if (place) Object.assign(place, { state: 'held' });
      }
  }
  const slow = [...upload.places.keys()]
    .flatMap((group) => upload.in(group, 'assigned'))
    .filter(({ peerId }) => peerId === 'p2');
  expect(upload.places.size).toBe(8);
  expect(slow).toHaveLength(4);
});

test('the uploader keeps nothing of its own for others, and while it is away nobody is asked', () => {
  const mine = manyPeers(4, (index) => (index < 2 ? { ownerId: 'me' } : {}));
  const upload = new Upload(1, mine, { k: 1, n: 2 });
  upload.uploader = { ...UPLOADER, onlineSinceMs: null };
  expect(upload.step().assigned).toEqual([]);
  upload.uploader = UPLOADER;
  expect(
    upload
      .step()
      .assigned.map(({ peerId }) => peerId)
      .sort(),
  ).toEqual(['p2', 'p3']);
});

test('of a last group with a single chunk, only columns that there are are asked for', () => {
  const upload = new Upload(1 + 1e-9);
  upload.step();
  expect(
    upload
      .in(1, 'assigned')
      .map(({ index }) => index)
      .slice(0, 7),
  ).toEqual([0, 4, 5, 6, 7, 8, 9]);
  upload.hold(1, 4);
  expect(
    upload
      .step()
      .released.filter(({ group }) => group === 1)
      .map(({ index }) => index),
  ).toEqual([10, 11]);
});

test('while too few people keep any of it, somebody new gets a copy of what one person has twice', () => {
  const upload = new Upload(1, manyPeers(1), { k: 1, n: 2 });
  upload.places.set(0, [held(0, 'p0'), held(1, 'p0')]);
  expect(upload.step()).toEqual({ assigned: [], released: [] });
  const more = manyPeers(2);
  expect(upload.step(0, more).assigned).toMatchObject([{ peerId: 'p1' }]);
  expect(upload.step(MINUTE_MS, more)).toEqual({ assigned: [], released: [] });
});

test('what gets on elsewhere leaves fewer to be begun', () => {
  const upload = new Upload(3);
  upload.movingElsewhere = 1;
  upload.step();
  expect([...upload.places.keys()]).toEqual([0]);
});

test('who had something else is not asked for the same group again for a while', () => {
  const upload = new Upload(1, manyPeers(2), { k: 1, n: 2 });
  upload.step();
  Object.assign(upload.in(0, 'assigned')[1]!, { state: 'missing', sinceMs: 0 });
  expect(upload.step(MINUTE_MS).assigned).toEqual([]);
  expect(upload.step(11 * MINUTE_MS).assigned).toHaveLength(1);
});
