// What two sessions say over the signaling channel, and how it is checked when it comes from outside.
// The server sees only the string.
import { ProtocolError } from '../errors.ts';

/**
 * `from` and `to` name incarnations of a session, not devices: after a reload the same device is a new
 * incarnation, and what was meant for the old one must not reach the new one. `to` is null while the
 * other incarnation is unknown.
 */
export interface SessionSignal {
  from: string;
  to: string | null;
  body:
    | { type: 'description'; description: { type: 'offer' | 'answer'; sdp: string } }
    | { type: 'candidate'; candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null } }
    /** This incarnation is gone, perhaps because it looked for a path and found none. */
    | { type: 'bye'; because?: 'no-path' };
}

/** Many candidates and fingerprints together stay far below this. */
const MAX_PAYLOAD_CHARACTERS = 32 * 1024;
const MAX_ID_CHARACTERS = 64;

export function writeSessionSignal(signal: SessionSignal): string {
  return JSON.stringify(signal);
}

/** @throws ProtocolError `message-malformed` */
export function readSessionSignal(payload: string): SessionSignal {
  if (payload.length > MAX_PAYLOAD_CHARACTERS) throw ProtocolError.malformed('a signal is too long');
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    throw ProtocolError.malformed('a signal is not JSON');
  }
  if (!isRecord(value) || !isId(value.from) || !(value.to === null || isId(value.to)) || !isBody(value.body)) {
    throw ProtocolError.malformed('a signal lacks a field');
  }
  return { from: value.from, to: value.to, body: value.body.type === 'bye' ? farewell(value.body) : value.body };
}

/** A reason that nobody knows yet is none. */
function farewell({ because }: { because?: unknown }): SessionSignal['body'] {
  return because === 'no-path' ? { type: 'bye', because } : { type: 'bye' };
}

function isBody(body: unknown): body is SessionSignal['body'] {
  if (!isRecord(body)) return false;
  if (body.type === 'bye') return true;
  if (body.type === 'description') return isDescription(body.description);
  return body.type === 'candidate' && isCandidate(body.candidate);
}

function isDescription(value: unknown): boolean {
  return isRecord(value) && (value.type === 'offer' || value.type === 'answer') && typeof value.sdp === 'string';
}

function isCandidate(value: unknown): boolean {
  if (!isRecord(value) || typeof value.candidate !== 'string') return false;
  const midIsValid = value.sdpMid === null || typeof value.sdpMid === 'string';
  return midIsValid && (value.sdpMLineIndex === null || typeof value.sdpMLineIndex === 'number');
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_ID_CHARACTERS;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
