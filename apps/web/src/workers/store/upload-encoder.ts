// The shards of a version that is uploaded, made on demand as long as its files are at hand: whoever wants one before that
// waits. Knows no holders and no server.
import type { StoreCode } from '@ferry/shared';
import { type Clock, ContentError } from '@ferry/webrtc-core';
import { ErasureError, type Kernel, StripeCipher, StripeEncoder, StripeGeometry } from '@ferry/webrtc-core/erasure';
import type { PlainStream } from './plain-stream.ts';
import type { UploadTags } from './upload-tags.ts';

/** Stripes that are encoded take memory; whoever fetches columns asks again long before. */
const IDLE_MS = 15_000;

export interface UploadEncoderOptions {
  versionId: string;
  key: CryptoKey;
  sizeBytes: number;
  tags: UploadTags;
  /** One for all: it computes in one go. */
  kernel: () => Promise<Kernel>;
  clock: Clock;
}

export class UploadEncoder {
  readonly #options: UploadEncoderOptions;
  #stream = Promise.withResolvers<PlainStream>();
  #isAtHand = false;
  #geometry: StripeGeometry | undefined;
  #encoder: { encoder: StripeEncoder; geometry: StripeGeometry } | undefined;
  #making: Promise<void> | undefined;
  /** Shards that are being made. */
  #busy = 0;
  #whenIdle: (() => void)[] = [];
  #cancelDrop: (() => void) | undefined;

  constructor(options: UploadEncoderOptions) {
    this.#options = options;
    // Nobody need be waiting for it.
    this.#stream.promise.catch(() => {});
  }

  get isAtHand(): boolean {
    return this.#isAtHand;
  }

  /** Undefined before the server has chosen a code. */
  get geometry(): StripeGeometry | undefined {
    return this.#geometry;
  }

  /**
   * How stripes are coded; more indexes may be added at any time.
   * @throws ErasureError `code-invalid` for another k: chunks would have places, and nonces, that others had before
   */
  set code({ k, n }: StoreCode) {
    if (this.#geometry && this.#geometry.k !== k) throw ErasureError.codeInvalid(`k = ${k} after ${this.#geometry.k}`);
    if (this.#geometry && this.#geometry.n >= n) return;
    this.#geometry = new StripeGeometry({ sizeBytes: this.#options.sizeBytes, k, n });
  }

  /** The files are at hand. */
  open(stream: PlainStream): void {
    if (this.#isAtHand) this.#stream = Promise.withResolvers();
    this.#isAtHand = true;
    this.#stream.resolve(stream);
  }

  /** They never will be again. */
  close(): void {
    // Whoever waits for them, or asks later, must not be given those that were at hand.
    if (this.#isAtHand) this.#stream = Promise.withResolvers();
    this.#isAtHand = false;
    this.#stream.promise.catch(() => {});
    this.#stream.reject(ContentError.sourceChanged(0));
    this.#cancelDrop?.();
    this.#encoder = undefined;
  }

  /** @throws ContentError `source-changed` */
  async shard(stripe: number, index: number): Promise<Uint8Array> {
    const encoder = await this.#taken();
    try {
      return await encoder.shard(stripe, index);
    } finally {
      this.#busy--;
      if (this.#busy === 0) this.#rest();
    }
  }

  /**
   * The tags of a group's chunks, end to end; what was never encrypted is encrypted for them. Undefined when that is not
   * possible now.
   * @throws ContentError `source-changed`
   */
  async tagsOf(group: number): Promise<Uint8Array | undefined> {
    const geometry = this.#geometry;
    if (!geometry) return undefined;
    const { known } = this.#options.tags;
    const stripes = geometry.stripesOf(group);
    const lastStripe = stripes.first + stripes.count - 1;
    for (let stripe = stripes.first; stripe <= lastStripe; stripe++) {
      if (known.getRun(geometry.chunksOf(stripe))) continue;
      if (!this.#isAtHand) return undefined;
      await this.shard(stripe, 0);
    }
    const { first } = geometry.chunksOf(stripes.first);
    const last = geometry.chunksOf(lastStripe);
    return known.getRun({ first, count: last.first + last.count - first });
  }

  /** The only encoder of this key, counted as busy: two would not know of each other's tags. */
  async #taken(): Promise<StripeEncoder> {
    for (;;) {
      await this.#stream.promise;
      const geometry = this.#geometry;
      if (!geometry) throw ContentError.storeFailed(new Error('there is no code yet'));
      if (this.#encoder?.geometry === geometry) {
        this.#busy++;
        this.#cancelDrop?.();
        return this.#encoder.encoder;
      }
      if (this.#busy > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
      else {
        this.#making ??= this.#make(geometry).finally(() => {
          this.#making = undefined;
        });
        await this.#making;
      }
    }
  }

  async #make(geometry: StripeGeometry): Promise<void> {
    const { tags, key, versionId, kernel } = this.#options;
    const encoder = new StripeEncoder({
      ...{ geometry, kernel: await kernel(), cipher: new StripeCipher(key, versionId), tags: tags.known },
      read: async (chunk) => (await this.#stream.promise).read(chunk),
      record: (chunks, recorded) => tags.record(chunks, recorded),
    });
    this.#encoder = { encoder, geometry };
  }

  #rest(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
    this.#cancelDrop?.();
    this.#cancelDrop = this.#options.clock.after(IDLE_MS, () => {
      if (this.#busy === 0) this.#encoder = undefined;
    });
  }
}
