import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ColumnIndex, isWhole } from './column-index.ts';
import { columnKey } from './column-key.ts';
import type { ColumnRecord, ColumnState } from './column-records.ts';
import { columnOf, OTHER_VERSION, VERSION } from './holder.testing-ground.ts';

const STATES: ColumnState[] = ['fetching', 'fetched', 'held', 'making', 'made'];

const record = fc.record({
  column: fc
    .tuple(fc.nat(3), fc.nat(2), fc.constantFrom(VERSION, OTHER_VERSION))
    .map(([group, index, versionId]) => columnOf(group, index, versionId)),
  sizeBytes: fc.integer({ min: 1, max: 100 }),
  contentId: fc.constant(null),
  state: fc.constantFrom(...STATES),
  sinceMs: fc.constant(0),
});
const steps = fc.array(fc.record({ record, isDeleted: fc.boolean() }), { maxLength: 60 });

const bytes = (records: readonly ColumnRecord[]) => records.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

test('whatever was put and deleted, everything is found and counted as it is', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const index = new ColumnIndex();
      const expected = new Map<string, ColumnRecord>();
      for (const step of all) {
        const key = columnKey(step.record.column);
        if (step.isDeleted) {
          index.delete(key);
          expected.delete(key);
        } else {
          index.put(step.record);
          expected.set(key, step.record);
        }
      }
      const records = [...expected.values()];
      const whole = records.filter(isWhole);
      expect(new Set(index.all())).toEqual(new Set(records));
      for (const state of STATES) {
        expect(new Set(index.in(state))).toEqual(new Set(records.filter((one) => one.state === state)));
      }
      expect([index.wholeCount, index.wholeBytes]).toEqual([whole.length, bytes(whole)]);
      expect(index.partialBytes).toBe(bytes(records) - bytes(whole));
      const versions = [VERSION, OTHER_VERSION].map((versionId) => {
        return { versionId, bytes: bytes(whole.filter(({ column }) => column.versionId === versionId)) };
      });
      const kept = versions.filter((version) => version.bytes > 0).sort((a, b) => b.bytes - a.bytes);
      expect(index.versions().map((version) => version.bytes)).toEqual(kept.map((version) => version.bytes));
      expect(new Set(index.ofVersion(VERSION))).toEqual(
        new Set(records.filter(({ column }) => column.versionId === VERSION)),
      );
    }),
  );
});
