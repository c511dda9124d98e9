// What names a transfer on both sides and on the wire. Knows nothing of what is transferred.

/** A UUID made by whoever announces a bundle or asks for one; 16 bytes on the wire. */
export type TransferId = string;
