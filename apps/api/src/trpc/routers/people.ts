// Who there is and who is online, live.
import { EventEmitter, on } from 'node:events';
import type { PresenceEvent } from '@ferry/shared';
import { allPeople, findPerson } from '../../presence/people.ts';
import { router, signedInProcedure } from '../init.ts';

export const peopleRouter = router({
  watch: signedInProcedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<PresenceEvent> {
    const { db, hub } = ctx.services;
    const ended = signal ?? new AbortController().signal;
    const changes = new EventEmitter<{ change: [string] }>();
    // Listening begins before the snapshot is read, or a change in between would be missed.
    const pending = on(changes, 'change', { signal: ended }) as AsyncIterable<[string]>;
    hub.watch((userId) => changes.emit('change', userId), ended);
    yield { type: 'snapshot', people: allPeople(db, hub) };
    try {
      for await (const [userId] of pending) {
        const person = findPerson(db, hub, userId);
        if (person) yield { type: 'changed', person };
      }
    } catch (error) {
      if (!ended.aborted) throw error;
    }
  }),
});
