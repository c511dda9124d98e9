// The engine's error codes in the page's words-to-be: what a user can tell apart. Pure.
import type { ErrorCode } from '@ferry/webrtc-core';
import type { ProblemCode } from '../adapters/engine-contract.ts';

const PROBLEMS: Record<ErrorCode, ProblemCode> = {
  'signaling-closed': 'unreachable',
  'signaling-timeout': 'unreachable',
  'signaling-rejected': 'unreachable',
  'ice-failed': 'unreachable',
  lost: 'unreachable',
  'channel-closed': 'unreachable',
  'connect-timeout': 'unreachable',
  'relay-missing': 'relay-missing',
  'relay-failed': 'relay-failed',
  'candidates-missing': 'candidates-missing',
  'version-unsupported': 'version-unsupported',
  'message-malformed': 'protocol',
  'message-unexpected': 'protocol',
  'limit-exceeded': 'protocol',
  'manifest-invalid': 'manifest-invalid',
  'chunk-corrupt': 'chunk-corrupt',
  'source-changed': 'source-changed',
  'store-full': 'store-full',
  'store-failed': 'store-failed',
  'no-sources': 'no-sources',
};

export function problemCodeOf(code: ErrorCode): ProblemCode {
  return PROBLEMS[code];
}
