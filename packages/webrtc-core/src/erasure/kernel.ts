// What computes: the port behind which bytes are multiplied with a matrix over GF(2⁸). Knows no codes.

/** The most inputs and outputs that a kernel takes at once: a code has no more data shards, and no more shards. */
export const MAX_INPUTS = 128;
export const MAX_OUTPUTS = 256;

export interface Kernel {
  readonly name: 'relaxed-simd' | 'simd' | 'tables';
  /**
   * Fills each output with the sum over all inputs of coefficient times input, byte by byte. `matrix` has a row of
   * coefficients an output, end to end. All inputs and outputs have one length; an output shares no memory with an
   * input.
   */
  multiply(matrix: Uint8Array, inputs: readonly Uint8Array[], outputs: readonly Uint8Array[]): void;
}
