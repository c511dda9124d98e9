import { expect, test } from 'vitest';
import { WaitingVersions } from './waiting-versions.ts';

test('a version is worth a look when so many others are there', () => {
  const waiting = new WaitingVersions();
  waiting.set('any time', { ownerId: 'ann', ownerCount: 0 });
  waiting.set('ann’s', { ownerId: 'ann', ownerCount: 3 });
  waiting.set('ben’s', { ownerId: 'ben', ownerCount: 3 });
  const with3 = new Set(['ann', 'cleo', 'dora']);
  expect([...waiting.worthALook(new Set())]).toEqual(['any time']);
  expect([...waiting.worthALook(with3)]).toEqual(['any time', 'ben’s']);
  waiting.set('any time', undefined);
  expect([...waiting.worthALook(new Set([...with3, 'ben']))]).toEqual(['ann’s', 'ben’s']);
});
