// Every key of a message file as a type, so that a misspelt one does not compile.
import type en from './locales/en.ts';

export type KeyOf<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${KeyOf<Tree[Key]>}`;
}[keyof Tree & string];

/** Of the words that are there from the start. */
export type MessageKey = KeyOf<typeof en>;
