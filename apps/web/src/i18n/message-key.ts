// Every key of the message file as a type, so that a misspelt one does not compile.
import type en from './locales/en.ts';

type Leaves<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${Leaves<Tree[Key]>}`;
}[keyof Tree & string];

export type MessageKey = Leaves<typeof en>;
