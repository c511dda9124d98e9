// Runs a pure machine: keeps its state, takes events to it, and has its effects carried out. Knows neither what the states
// mean nor what the effects are.

export interface TransferMachineOptions<State, Event, Effect> {
  transition: (state: State, event: Event) => [State, Effect[]];
  state: State;
  /** It is in another state now; effects come next. */
  onEnter: () => void;
  perform: (effect: Effect) => void;
  /** After the effects of an event that led to another state. */
  onChange: () => void;
}

export class TransferMachine<State, Event, Effect> {
  readonly #options: TransferMachineOptions<State, Event, Effect>;
  #state: State;

  constructor(options: TransferMachineOptions<State, Event, Effect>) {
    this.#options = options;
    this.#state = options.state;
  }

  get state(): State {
    return this.#state;
  }

  apply(event: Event): void {
    const { transition, onEnter, perform, onChange } = this.#options;
    const [state, effects] = transition(this.#state, event);
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) onEnter();
    for (const effect of effects) perform(effect);
    if (changed) onChange();
  }

  /** Goes on from where an earlier life of this program was; nothing is said. */
  restore(state: State): void {
    this.#state = state;
  }
}
