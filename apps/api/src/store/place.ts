// One column of a group at one peer, as a pure machine. Whether the peer is there, or gone for good, is no state of a place:
// departures.ts tells that from the peer.

export type PlaceState =
  /** The peer was asked to pull it; no receipt yet. */
  | 'assigned'
  /** The peer signed a receipt for it. */
  | 'held'
  /** The peer said, or a check showed, that it does not have it. */
  | 'missing'
  /** Not wanted there any more. A receipt that was under way does not bring it back. */
  | 'released';

export interface Place {
  /** Of the column, from 0; data columns come first. A column that is made again keeps it. */
  readonly index: number;
  readonly peerId: string;
  readonly ownerId: string;
  readonly state: PlaceState;
  /** When it came into this state; while assigned, when the peer last got on with it. */
  readonly sinceMs: number;
  /** Who serves it while it is assigned: a repairer. Else the uploader does. */
  readonly sourceId?: string | null;
}

export type PlaceEvent = 'progress' | 'receipt' | 'absent' | 'release';

/** `let-go`: the peer may delete the column, and is to be told so when it is there. */
export type PlaceEffect = 'let-go';

type Step = [Place, PlaceEffect[]];

export function assignedPlace(column: Pick<Place, 'index' | 'peerId' | 'ownerId'>, nowMs: number): Place {
  return { ...column, state: 'assigned', sinceMs: nowMs };
}

/** What an event does to a place; one that a state cannot take changes nothing. */
export function placeTransition(place: Place, event: PlaceEvent, nowMs: number): Step {
  const into = (state: PlaceState): Place => ({ ...place, state, sinceMs: nowMs });
  switch (event) {
    case 'progress':
      return [place.state === 'assigned' ? into('assigned') : place, []];
    case 'receipt':
      if (place.state === 'released') return [place, ['let-go']];
      return [place.state === 'held' ? place : into('held'), []];
    case 'absent':
      // What is still being pulled is absent from every inventory.
      return [place.state === 'held' ? into('missing') : place, []];
    case 'release':
      return place.state === 'released' ? [place, []] : [into('released'), ['let-go']];
    default:
      return event satisfies never;
  }
}
