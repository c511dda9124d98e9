// Walks a pure machine through every state that any row of events can reach. Knows no machine.

export interface Taken<State, Event, Effect> {
  from: State;
  event: Event;
  to: State;
  effects: readonly Effect[];
}

/** Every (state, event) pair that can occur, with what comes of it; states that look the same are one. */
export function walk<State, Event, Effect>(
  start: State,
  events: readonly Event[],
  transition: (state: State, event: Event) => readonly [State, readonly Effect[]],
): Taken<State, Event, Effect>[] {
  const seen = new Set([JSON.stringify(start)]);
  const queue = [start];
  const taken: Taken<State, Event, Effect>[] = [];
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    for (const event of events) {
      const [to, effects] = transition(from, event);
      taken.push({ from, event, to, effects });
      const key = JSON.stringify(to);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(to);
    }
  }
  return taken;
}

/** Whether a state accepted by `isGoal` can be reached from each of the states that were walked. */
export function deadEnds<State, Event, Effect>(
  taken: readonly Taken<State, Event, Effect>[],
  isGoal: (state: State) => boolean,
): State[] {
  const reaching = new Set<string>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const { from, to } of taken) {
      const key = JSON.stringify(from);
      if (reaching.has(key) || !(isGoal(from) || isGoal(to) || reaching.has(JSON.stringify(to)))) continue;
      reaching.add(key);
      grew = true;
    }
  }
  const states = new Map(taken.map(({ from }) => [JSON.stringify(from), from]));
  return [...states].filter(([key]) => !reaching.has(key)).map(([, state]) => state);
}
