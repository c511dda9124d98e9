import type { Column } from '@ferry/shared';
import { expect, test, vi } from 'vitest';
import { startServer } from '../testing/program.ts';
import { columnContent, MIB, TestHolder, TestUpload } from '../testing/store-devices.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { PASSWORD, TestBrowser } from '../testing/test-server.ts';

const UPLOADS = 30;
const HOLDERS = 3;

/** What the server said yes to before it was killed. */
class Acknowledged {
  readonly tagged = new Set<string>();
  readonly confirmed: Column[] = [];
  readonly held: { holder: TestHolder; column: Column }[] = [];
}

async function user(url: string, username: string): Promise<TestBrowser> {
  const browser = new TestBrowser(url);
  await browser.http.auth.register.mutate({ username, password: PASSWORD });
  return browser;
}

test('a server that is killed while it is told things has everything that it said yes to', async () => {
  const dataDir = temporaryFolder();
  const server = await startServer(dataDir);
  const ann = await user(server.url, 'ann');
  await ann.openInbox().started;
  const names = Array.from({ length: HOLDERS }, (_, at) => `holder-${at}`);
  const holders = await Promise.all(names.map(async (name) => TestHolder.start(await user(server.url, name))));
  const uploads = Array.from({ length: UPLOADS }, () => new TestUpload(ann, MIB));
  for (const upload of uploads) await upload.begin();
  await vi.waitFor(async () => {
    for (const holder of holders) expect(await holder.toKeep()).toHaveLength(UPLOADS);
  }, 30_000);

  const yes = new Acknowledged();
  const kill = () => yes.held.length >= 15 && yes.confirmed.length >= 15 && server.kill('SIGKILL');
  const upload = async ({ versionId }: TestUpload) => {
    const tags = Buffer.alloc(16, 1).toString('base64url');
    await ann.http.store.tags.mutate({ versionId, group: 0, tags });
    yes.tagged.add(versionId);
    for (let index = 0; index < HOLDERS; index++) {
      const column = { versionId, group: 0, index };
      const known = { ...column, contentId: columnContent(column), sizeBytes: MIB };
      await ann.http.store.confirm.mutate({ deviceId: ann.deviceId, columns: [known] });
      yes.confirmed.push(column);
      kill();
    }
  };
  const duties = await Promise.all(holders.map((holder) => holder.toKeep()));
  const hold = async (holder: TestHolder, at: number) => {
    for (const duty of duties[at]!) {
      await holder.say(await holder.receipt(duty));
      yes.held.push({ holder, column: duty.column });
      kill();
    }
  };
  // All of them fail in the end: the server is gone.
  await Promise.allSettled([...uploads.map(upload), ...holders.map(hold)]);
  expect(yes.held.length + yes.confirmed.length).toBeLessThan(UPLOADS * 2 * HOLDERS);
  expect(yes.held.length).toBeGreaterThanOrEqual(15);
  await Promise.all([ann, ...holders.map(({ browser }) => browser)].map((browser) => browser.disconnect()));

  const again = await startServer(dataDir);
  const back = (browser: TestBrowser) =>
    Object.assign(new TestBrowser(again.url, browser.deviceId), { cookie: browser.cookie });
  const owner = back(ann);
  for (const { versionId } of uploads) {
    const state = await owner.http.store.upload.query({ versionId });
    expect(state).toMatchObject({ isGone: false, code: { k: 1 } });
    if (yes.tagged.has(versionId)) expect(state.taggedGroups).toEqual([0]);
  }
  for (const { versionId, index } of yes.confirmed) {
    const page = { deviceId: owner.deviceId, versionId, firstGroup: 0 };
    const [group] = (await owner.http.store.groups.query(page)).groups;
    expect(group!.columns).toContainEqual(
      expect.objectContaining({ index, contentId: columnContent({ versionId, group: 0, index }) }),
    );
  }
  for (const holder of holders) {
    const said = yes.held.filter((one) => one.holder === holder).map(({ column }) => column);
    const asked = (await holder.at(back(holder.browser)).toKeep()).map(({ column }) => column);
    // What it has signed for is not asked for again.
    for (const column of said) expect(asked).not.toContainEqual(column);
    for (const column of said) {
      if (!yes.confirmed.some(({ versionId, index }) => versionId === column.versionId && index === column.index))
        continue;
      const { holders: kept } = await owner.http.store.details.query({ versionId: column.versionId });
      expect(kept.map(({ deviceId }) => deviceId)).toContain(holder.deviceId);
    }
  }
}, 120_000);
