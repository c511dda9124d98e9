import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FakeConnection, UNREADABLE_CANDIDATE } from '../testing/fake-connection.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Negotiation } from './negotiation.ts';
import type { SessionSignal } from './session-signal.ts';

type Body = Exclude<SessionSignal['body'], { type: 'bye' }>;

class Side {
  readonly connection: FakeConnection;
  readonly negotiation: Negotiation;
  /** Said and not yet delivered. */
  readonly said: Body[] = [];
  readonly errors: unknown[] = [];
  /** What it does before it answers a later offer. */
  preparation: Promise<void> = Promise.resolve();

  constructor(name: string, polite: boolean, clock: ManualClock) {
    this.connection = new FakeConnection(name, clock);
    this.negotiation = new Negotiation({
      connection: this.connection.connection,
      polite,
      send: (body) => this.said.push(body as Body),
      beforeLaterAnswer: () => this.preparation,
      onError: (error) => this.errors.push(error),
    });
  }

  hears(...bodies: Body[]): void {
    for (const body of bodies) this.negotiation.handle(body);
  }

  get descriptions() {
    return [this.connection.localDescription?.sdp, this.connection.remoteDescription?.sdp];
  }
}

/** Alice is impolite: her offers stand. */
function twoSides() {
  const clock = new ManualClock();
  const alice = new Side('alice', false, clock);
  const bob = new Side('bob', true, clock);
  /** Lets both work off what they have, delivering nothing. */
  const settle = () => {
    clock.advance(0);
    return clock.settle();
  };
  /** Delivers until nothing more is said. */
  const finish = async () => {
    do {
      bob.hears(...alice.said.splice(0));
      alice.hears(...bob.said.splice(0));
      await settle();
    } while (alice.said.length + bob.said.length + clock.pendingCount > 0);
  };
  return { alice, bob, settle, finish };
}

const needs = ({ connection }: Side) => connection.createDataChannel('x', {});
const offer = (sdp: string): Body => ({ type: 'description', description: { type: 'offer', sdp } });
const answer = (sdp: string): Body => ({ type: 'description', description: { type: 'answer', sdp } });
const candidate = (text: string): Body => ({
  type: 'candidate',
  candidate: { candidate: text, sdpMid: '0', sdpMLineIndex: 0 },
});

describe('offer and answer', () => {
  test('an offer is made when there is something to agree on, and an answer is sent to it', async () => {
    const { alice, bob, settle, finish } = twoSides();
    needs(alice);
    await settle();
    expect(alice.said).toEqual([offer('offer 1 of alice')]);
    bob.hears(...alice.said.splice(0));
    await settle();
    expect(bob.said).toEqual([answer('answer to offer 1 of alice')]);
    await finish();
    expect(alice.descriptions).toEqual(['offer 1 of alice', 'answer to offer 1 of alice']);
    expect(bob.descriptions).toEqual(['answer to offer 1 of alice', 'offer 1 of alice']);
    expect([alice.errors, bob.errors]).toEqual([[], []]);
  });

  test('candidates are said as plain fields; that there are no more is not said', () => {
    const { alice } = twoSides();
    alice.connection.findsCandidate('host');
    alice.connection.findsCandidate(null);
    expect(alice.said).toEqual([candidate('host')]);
  });

  test('candidates right behind their offer are taken', async () => {
    const { bob, settle } = twoSides();
    bob.hears(offer('x'), candidate('one'), candidate('two'));
    await settle();
    expect(bob.connection.candidates).toEqual(['one', 'two']);
    expect(bob.errors).toEqual([]);
  });
});

describe('a later offer', () => {
  async function agreed() {
    const sides = twoSides();
    needs(sides.alice);
    // Not for the first one: nobody waits for what was made ready a moment ago.
    sides.bob.preparation = new Promise(() => {});
    await sides.finish();
    expect(sides.bob.descriptions[0]).toBe('answer to offer 1 of alice');
    const { promise, resolve } = Promise.withResolvers<void>();
    sides.bob.preparation = promise;
    return { ...sides, prepared: resolve };
  }

  test('is answered when this side is ready for it; what comes behind it is taken meanwhile', async () => {
    const { bob, settle, prepared } = await agreed();
    bob.hears(offer('offer 2 of alice'), candidate('one'));
    await settle();
    expect([bob.said, bob.connection.candidates]).toEqual([[], ['one']]);
    prepared();
    await settle();
    expect(bob.said).toEqual([answer('answer to offer 2 of alice')]);
  });

  test('whose place another one takes meanwhile gets no answer, and the other one gets one', async () => {
    const { bob, settle, prepared } = await agreed();
    bob.hears(offer('offer 2 of alice'));
    await settle();
    bob.hears(offer('offer 3 of alice'));
    await settle();
    prepared();
    await settle();
    expect(bob.said).toEqual([answer('answer to offer 3 of alice')]);
    expect([bob.connection.signalingState, bob.errors]).toEqual(['stable', []]);
  });
});

describe('when offers collide', () => {
  async function collision() {
    const sides = twoSides();
    needs(sides.alice);
    needs(sides.bob);
    await sides.settle();
    return sides;
  }

  test('the impolite side ignores the other’s', async () => {
    const { alice, settle } = await collision();
    alice.said.splice(0);
    alice.hears(offer('offer 1 of bob'));
    await settle();
    expect(alice.descriptions).toEqual(['offer 1 of alice', undefined]);
    expect([alice.said, alice.errors]).toEqual([[], []]);
  });

  test('the polite side takes its own back and answers', async () => {
    const { bob, settle } = await collision();
    bob.said.splice(0);
    bob.hears(offer('offer 1 of alice'));
    await settle();
    expect(bob.connection.rollbackCount).toBe(1);
    expect(bob.said).toEqual([answer('answer to offer 1 of alice')]);
    expect(bob.errors).toEqual([]);
  });

  test('one agreement comes of it', async () => {
    const { alice, bob, finish } = await collision();
    await finish();
    expect(alice.descriptions).toEqual(['offer 1 of alice', 'answer to offer 1 of alice']);
    expect(bob.descriptions).toEqual(['answer to offer 1 of alice', 'offer 1 of alice']);
    expect([alice.errors, bob.errors]).toEqual([[], []]);
  });

  test('an offer that comes while one’s own is being made collides, too', async () => {
    const { alice, settle } = twoSides();
    alice.connection.onnegotiationneeded?.();
    expect(alice.connection.signalingState).toBe('stable');
    alice.hears(offer('offer 1 of bob'));
    await settle();
    expect(alice.descriptions).toEqual(['offer 1 of alice', undefined]);
  });

  test('an offer right behind an answer does not: the answer is only being set', async () => {
    const { alice, settle } = await collision();
    alice.hears(answer('answer to offer 1 of alice'), offer('offer 2 of bob'));
    await settle();
    expect(alice.descriptions).toEqual(['answer to offer 2 of bob', 'offer 2 of bob']);
    expect(alice.errors).toEqual([]);
  });

  test('candidates of the ignored offer raise no errors; later ones that are refused do', async () => {
    const { alice, settle } = await collision();
    alice.hears(offer('offer 1 of bob'), candidate('of the ignored offer'));
    await settle();
    expect(alice.errors).toEqual([]);
    alice.hears(answer('answer to offer 1 of alice'), candidate(UNREADABLE_CANDIDATE), candidate('good'));
    await settle();
    expect(alice.connection.candidates).toEqual(['good']);
    expect(alice.errors).toMatchObject([{ name: 'OperationError' }]);
  });
});

test('whenever both need something and however late they hear of it, they end in agreement', async () => {
  const step = fc.constantFrom('alice needs', 'bob needs', 'alice hears', 'bob hears', 'settle' as const);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { alice, bob, settle, finish } = twoSides();
      for (const each of steps) {
        if (each === 'alice needs') alice.connection.restartIce();
        if (each === 'bob needs') bob.connection.restartIce();
        if (each === 'alice hears') alice.hears(...bob.said.splice(0, 1));
        if (each === 'bob hears') bob.hears(...alice.said.splice(0, 1));
        if (each === 'settle') await settle();
      }
      await finish();
      expect([alice.errors, bob.errors]).toEqual([[], []]);
      expect([alice.connection.signalingState, bob.connection.signalingState]).toEqual(['stable', 'stable']);
      expect(alice.descriptions).toEqual(bob.descriptions.toReversed());
      const asked = steps.some((each) => each.endsWith('needs'));
      expect(alice.descriptions.includes(undefined)).toBe(!asked);
    }),
    { numRuns: 300 },
  );
});

describe('errors', () => {
  test('an answer that nobody waits for is reported', async () => {
    const { alice, settle } = twoSides();
    alice.hears(answer('answer to offer 1 of alice'));
    await settle();
    expect(alice.errors).toMatchObject([{ name: 'InvalidStateError' }]);
  });

  test('a candidate that belongs to nothing is reported', async () => {
    const { alice, settle } = twoSides();
    alice.hears(candidate('early'));
    await settle();
    expect(alice.errors).toMatchObject([{ name: 'InvalidStateError' }]);
  });

  test('none is reported once the connection is closed', async () => {
    const { alice, settle } = twoSides();
    alice.connection.onnegotiationneeded?.();
    alice.hears(offer('x'), answer('y'), candidate('z'));
    alice.connection.close();
    await settle();
    alice.hears(offer('x'), answer('y'), candidate('z'));
    await settle();
    expect([alice.errors, alice.said]).toEqual([[], []]);
  });
});
