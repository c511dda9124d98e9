import { contentIdSchema } from '@ferry/shared';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentIdBytes, contentIdText } from './content-id-text.ts';

test('every content id is written as base64url, and read back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const text = contentIdText(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(contentIdSchema.safeParse(text).success).toBe(true);
      expect(contentIdBytes(text)).toEqual(Uint8Array.from(bytes));
    }),
  );
});
