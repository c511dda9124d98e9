// Draws what a walk through a machine found as a Mermaid state diagram, one arrow for all events that lead
// from one status to another. Pure; knows no machine and no file.
import type { Taken } from './walk.ts';

interface HasStatus {
  status: string;
}

/** Stands for every state that can still change: what leads from all of them to the same status is drawn once. */
const ANY = 'any';

/**
 * A status is drawn as one state, whatever else a state holds. An event that keeps the status and has
 * no effects is left out. The walk's first state is the start. Ends are those that `isEnd` names, though
 * something may lead out of them still, and states without an arrow of their own.
 */
export function stateDiagram<State extends HasStatus, Event, Effect>(
  taken: readonly Taken<State, Event, Effect>[],
  labelOf: (event: Event) => string,
  isEnd: (state: State) => boolean = () => false,
): string {
  const drawn = taken.filter(({ from, to, effects }) => from.status !== to.status || effects.length > 0);
  const statuses = unique(taken.map(({ from }) => from.status));
  const ends = unique(taken.filter(({ from }) => isEnd(from)).map(({ from }) => from.status));
  const changing = statuses.filter(
    (status) => !ends.includes(status) && drawn.some(({ from }) => from.status === status),
  );
  const arrows = new Map<string, string[]>();
  for (const { from, to, event } of drawn) {
    const label = labelOf(event);
    const leadsFromAll = changing.every((status) =>
      drawn.some(
        (other) => other.from.status === status && other.to.status === to.status && labelOf(other.event) === label,
      ),
    );
    const isFromAny = leadsFromAll && changing.includes(from.status);
    const arrow = `${isFromAny ? ANY : from.status} --> ${to.status}`;
    arrows.set(arrow, unique([...(arrows.get(arrow) ?? []), label]));
  }
  return [
    'stateDiagram-v2',
    `  state "any state but an end" as ${ANY}`,
    `  [*] --> ${statuses[0]}`,
    ...[...arrows].map(([arrow, labels]) => `  ${arrow} : ${labels.join(', ')}`),
    ...statuses.filter((status) => !changing.includes(status)).map((status) => `  ${status} --> [*]`),
    '',
  ].join('\n');
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
