// What travels over the MessagePort between a page that holds a data channel and the worker that uses it,
// in browsers that cannot transfer the channel itself.

/** Worker to page: send this frame, or close. */
export type FrameToPage = { type: 'frame'; frame: Uint8Array<ArrayBuffer> } | { type: 'close' };

/** Page to worker: a frame came, this many bytes have left, the channel opened or closed. */
export type FrameToWorker =
  | { type: 'frame'; frame: ArrayBuffer }
  | { type: 'sent'; bytes: number }
  | { type: 'open' }
  | { type: 'close' };
