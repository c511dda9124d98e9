// The worker of the page that bench/erasure-page.ts serves: measures, and says what it measured.
import { measureErasure } from './erasure-cases.ts';

addEventListener(
  'message',
  async ({ data }: MessageEvent<{ packageWasm: Uint8Array<ArrayBuffer>; rounds: number }>) => {
    const clock = () => performance.now() / 1000;
    postMessage(await measureErasure({ ...data, clock }));
  },
);
