// A counter with one label whose values are a closed set, each there from the start with 0: a rate over a series
// that appears with its first event would miss that event. Knows no metric by name.
import { Counter, type Registry } from 'prom-client';

interface Options<Value extends string> {
  registry: Registry;
  name: string;
  help: string;
  label: string;
  /** Every value there is: the compiler finds the one that is missing. */
  values: Record<Value, true>;
}

export class LabelledCounter<Value extends string> {
  readonly #counter: Counter;
  readonly #label: string;

  constructor({ registry, name, help, label, values }: Options<Value>) {
    this.#label = label;
    this.#counter = new Counter({ name, help, labelNames: [label], registers: [registry] });
    for (const value of Object.keys(values)) this.#counter.inc({ [label]: value }, 0);
  }

  count(value: Value, times = 1): void {
    this.#counter.inc({ [this.#label]: value }, times);
  }
}
