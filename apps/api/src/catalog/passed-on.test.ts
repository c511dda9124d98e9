// Whether a row says that somebody passes on what nobody who shares it can give now: in folders and in what is found.
import { expect, test } from 'vitest';
import { catalogOnDisk, contentId, file, holding, someone, viewer } from '../testing/catalog-on-disk.ts';

/** An owner with a file of known content and one of unknown content, and somebody who holds the first. */
async function heldFile() {
  const { reader, writer, share, put } = catalogOnDisk();
  const [owner, holder, colleague] = [someone(), someone(), someone()];
  const shareId = await share(owner);
  await put(owner, shareId, file('known.txt', 1, 1, 1), file('unknown.txt', 1, 1));
  await writer.setHoldings(holder, [holding([contentId(1)], [shareId, owner])]);
  const asked = (...online: (typeof owner)[]) => {
    const asks = viewer(colleague, ...online);
    const listed = reader.children(asks, { shareId, path: '', offset: 0, limit: 10 }).entries;
    const found = reader.search(asks, { query: '', order: 'name', limit: 10 }, []).results;
    const detailed = reader.details(asks, { shareId, path: 'known.txt' });
    const known = [...listed, ...found].filter(({ name }) => name === 'known.txt');
    const unknown = [...listed, ...found].filter(({ name }) => name === 'unknown.txt');
    expect([known.length, unknown.length]).toEqual([2, 2]);
    return {
      known: new Set([...known, detailed].map(({ isPassedOn }) => isPassedOn)),
      unknown: new Set(unknown.map(({ isPassedOn }) => isPassedOn)),
    };
  };
  return { asked, owner, holder, share, put, writer, colleague, shareId };
}

test('a file is passed on while a holder is online, whether or not its owner is', async () => {
  const { asked, owner, holder } = await heldFile();
  const isPassedOn = { known: new Set([true]), unknown: new Set([false]) };
  expect(asked(holder)).toEqual(isPassedOn);
  expect(asked(owner, holder)).toEqual(isPassedOn);
  expect(asked(owner)).toEqual({ known: new Set([false]), unknown: new Set([false]) });
  expect(asked()).toEqual({ known: new Set([false]), unknown: new Set([false]) });
});

test('a holder who shares it counts as one who shares', async () => {
  const { asked, holder, share, put } = await heldFile();
  await put(holder, await share(holder), file('the same.txt', 1, 1, 1));
  expect(asked(holder).known).toEqual(new Set([false]));
});

test('of what came from a share that somebody may not see, nothing is passed on to them', async () => {
  const { asked, owner, holder, share, put, writer, shareId } = await heldFile();
  const secret = await share(owner, { audience: { type: 'chosen', userIds: [holder.userId] } });
  await put(owner, secret, file('known.txt', 1, 1, 1));
  await writer.setHoldings(holder, [holding([contentId(1)], [shareId, owner], [secret, owner])]);
  expect(asked(holder).known).toEqual(new Set([false]));
});
