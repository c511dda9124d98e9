// The life of a share as a state machine: transition(state, event) gives the next state and what is to be done. Pure;
// what it holds in files is not part of it.
import type { ShareProblem, ShareStatus } from '../../adapters/catalog-contract.ts';

export interface ShareState {
  /** Whether its files can be opened. */
  files: 'unknown' | 'open' | 'locked' | 'disconnected' | 'unreadable';
  /** `again`: what is under way is out of date, and another walk follows. */
  walk: 'none' | 'under-way' | 'again';
  /** As far as it was tried. */
  server: 'reached' | 'away' | 'full';
}

export type ShareEvent =
  /** Its files can be opened: they are looked for. */
  | { type: 'opened' }
  /** The browser must be asked first. */
  | { type: 'locked' }
  /** The files lived for a session that is over. */
  | { type: 'disconnected' }
  /** What is looked for is different: other rules, other files. */
  | { type: 'changed' }
  | { type: 'walked'; outcome: 'done' | 'cancelled' | 'locked' | 'unreadable' }
  | { type: 'server'; outcome: ShareState['server'] }
  /** It is shared no more. */
  | { type: 'stopped' };

export type ShareEffect = 'walk' | 'cancel-walk';

export const INITIAL: ShareState = { files: 'unknown', walk: 'none', server: 'reached' };

type Next = [state: ShareState, effects: ShareEffect[]];

export function transition(state: ShareState, event: ShareEvent): Next {
  switch (event.type) {
    case 'opened':
      return walking({ ...state, files: 'open' });
    case 'changed':
      if (state.files !== 'open') return [state, []];
      if (state.walk === 'none') return walking(state);
      return [{ ...state, walk: 'again' }, ['cancel-walk']];
    case 'locked':
    case 'disconnected':
      return [{ ...state, files: event.type }, state.walk === 'none' ? [] : ['cancel-walk']];
    case 'walked':
      return walked(state, event.outcome);
    case 'server':
      return [{ ...state, server: event.outcome }, []];
    case 'stopped':
      return [state, state.walk === 'none' ? [] : ['cancel-walk']];
    default:
      return event satisfies never;
  }
}

function walking(state: ShareState): Next {
  if (state.walk === 'none') return [{ ...state, walk: 'under-way' }, ['walk']];
  return [{ ...state, walk: 'again' }, []];
}

function walked(state: ShareState, outcome: 'done' | 'cancelled' | 'locked' | 'unreadable'): Next {
  const rested: ShareState = { ...state, walk: 'none' };
  // What was found out since counts more than what the walk met.
  if (state.walk === 'again' && state.files === 'open') return walking(rested);
  if (outcome === 'locked' || outcome === 'unreadable')
    return [{ ...rested, files: state.files === 'open' ? outcome : state.files }, []];
  return [rested, []];
}

/** What the status depends on besides the state. */
export interface ShareCounts {
  /** Everything that was found is listed, with its present title and audience. */
  isListed: boolean;
}

export function statusOf({ files, walk, server }: ShareState, { isListed }: ShareCounts): ShareStatus {
  if (files === 'locked' || files === 'disconnected') return files;
  if (files === 'unreadable' || server === 'full') return 'failed';
  // A server that is away keeps nobody from looking.
  if (files === 'unknown' || walk !== 'none') return 'scanning';
  if (isListed) return 'listed';
  return server === 'away' ? 'failed' : 'publishing';
}

export function problemOf(state: ShareState, counts: ShareCounts): ShareProblem | undefined {
  if (state.files === 'unreadable') return 'unreadable';
  if (state.server === 'full') return 'too-many';
  return state.server === 'away' && statusOf(state, counts) === 'failed' ? 'server' : undefined;
}
