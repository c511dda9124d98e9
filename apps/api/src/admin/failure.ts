// Why a command was not done, in a sentence for whoever gave it.

/** It could not be done. */
export class Failure extends Error {}

/** It was not understood. */
export class UsageError extends Error {
  /** The name of the command that is meant, if there is such a one. */
  readonly command: string | undefined;

  constructor(sentence: string, command?: string) {
    super(sentence);
    this.command = command;
  }
}
