// Accounts whose registrations and sign-ins are counted. Decides nothing.
import { Accounts } from '../accounts/accounts.ts';
import type { Metrics } from './metrics.ts';
import { outcomeOfError } from './sign-in-outcome.ts';

type Call<Name extends 'register' | 'signIn'> = Parameters<Accounts[Name]>;

export class CountedAccounts extends Accounts {
  readonly #metrics: Metrics;

  constructor(dependencies: ConstructorParameters<typeof Accounts>[0], metrics: Metrics) {
    super(dependencies);
    this.#metrics = metrics;
  }

  override async register(...call: Call<'register'>): ReturnType<Accounts['register']> {
    const user = await super.register(...call);
    this.#metrics.registrations.inc();
    return user;
  }

  override async signIn(...call: Call<'signIn'>): ReturnType<Accounts['signIn']> {
    try {
      const user = await super.signIn(...call);
      this.#metrics.signIns.count('succeeded');
      return user;
    } catch (error) {
      this.#metrics.signIns.count(outcomeOfError(error));
      throw error;
    }
  }
}
