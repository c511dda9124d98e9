import { describe, expect, test } from 'vitest';
import type { SessionSignal } from './session-signal.ts';
import { recipientOf } from './signal-recipient.ts';

const OFFER: SessionSignal['body'] = { type: 'description', description: { type: 'offer', sdp: 'x' } };
const ANSWER: SessionSignal['body'] = { type: 'description', description: { type: 'answer', sdp: 'x' } };
const BYE: SessionSignal['body'] = { type: 'bye' };
const UNHEARD = { id: 'here', remoteId: null, isOffering: true };
const MET = { id: 'here', remoteId: 'there', isOffering: false };

describe('without a session', () => {
  test.each([
    ['a first offer', { to: null, body: OFFER }, 'new-session'],
    ['a farewell to nobody in particular', { to: null, body: BYE }, 'nobody'],
    ['what is meant for an incarnation of the past', { to: 'before', body: OFFER }, 'gone'],
  ] as const)('%s', (_, signal, expected) => {
    expect(recipientOf({ from: 'there', ...signal }, undefined, true)).toBe(expected);
  });
});

describe('with a session that has heard nothing yet', () => {
  test.each([
    ['its answer', { to: 'here', body: ANSWER }, 'session'],
    ['a farewell that is meant for it', { to: 'here', body: BYE }, 'session'],
    ['one that is not', { to: null, body: BYE }, 'nobody'],
  ] as const)('%s', (_, signal, expected) => {
    expect(recipientOf({ from: 'there', ...signal }, UNHEARD, true)).toBe(expected);
  });

  test('of two first offers the impolite side’s stands, and the polite side begins anew for it', () => {
    const offer = { from: 'there', to: null, body: OFFER };
    expect(recipientOf(offer, UNHEARD, false)).toBe('nobody');
    expect(recipientOf(offer, UNHEARD, true)).toBe('new-session');
    expect(recipientOf(offer, { ...UNHEARD, isOffering: false }, false)).toBe('session');
  });
});

describe('with a session that has met the other one', () => {
  test.each([
    ['whatever that one says', { from: 'there', to: 'here', body: BYE }, 'session'],
    ['also an offer, though this side offers, too', { from: 'there', to: 'here', body: OFFER }, 'session'],
    ['an offer of the one that came after it', { from: 'later', to: null, body: OFFER }, 'new-session'],
    ['any other word of a stranger', { from: 'later', to: 'here', body: BYE }, 'nobody'],
  ] as const)('%s', (_, signal, expected) => {
    for (const polite of [true, false]) expect(recipientOf(signal, MET, polite)).toBe(expected);
  });
});
