import { expect, test } from 'vitest';
import type { NoPathCode } from '../errors.ts';
import type { CandidateType } from './candidate.ts';
import { noPathCode } from './no-path.ts';

const STUN = [{ urls: 'stun:stun.example' }];
const TURN = [...STUN, { urls: ['turn:turn.example', 'turns:turn.example:443'], username: 'u', credential: 'c' }];

test.each<[NoPathCode, CandidateType[], RTCConfiguration]>([
  ['candidates-missing', [], {}],
  ['candidates-missing', [], { iceServers: STUN }],
  ['candidates-missing', [], { iceServers: TURN }],
  ['candidates-missing', [], { iceTransportPolicy: 'relay' }],
  ['candidates-missing', [], { iceServers: STUN, iceTransportPolicy: 'relay' }],
  ['relay-failed', [], { iceServers: TURN, iceTransportPolicy: 'relay' }],
  ['relay-failed', ['host', 'srflx'], { iceServers: TURN }],
  ['relay-missing', ['host'], {}],
  ['relay-missing', ['host', 'srflx'], { iceServers: STUN }],
  ['ice-failed', ['host', 'relay'], { iceServers: TURN }],
  ['ice-failed', ['relay'], { iceServers: TURN, iceTransportPolicy: 'relay' }],
  ['ice-failed', ['relay'], { iceServers: [{ urls: 'TURNS:turn.example' }] }],
])('%s when %j was found with %j', (code, found, configuration) => {
  expect(noPathCode({ types: new Set(found), isOver: true }, configuration)).toBe(code);
});

test.each<[NoPathCode, CandidateType[], RTCConfiguration]>([
  ['ice-failed', [], {}],
  ['ice-failed', [], { iceServers: TURN, iceTransportPolicy: 'relay' }],
  ['ice-failed', ['host'], { iceServers: TURN }],
  ['relay-missing', ['host'], { iceServers: STUN }],
])(
  'nothing is blamed that might still have come: %s when %j was found so far with %j',
  (code, found, configuration) => {
    expect(noPathCode({ types: new Set(found), isOver: false }, configuration)).toBe(code);
  },
);
