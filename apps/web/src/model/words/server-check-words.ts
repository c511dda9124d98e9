// What the server found out about itself, in words, and what to do where all is not well. One for every code there is.
import type { ServerCheckKey } from '../../i18n/server-check-words.ts';
import { isUnsound, type ShownCheck } from '../connection/server-findings.ts';
import type { Phrase } from './phrase.ts';

/** Writes amounts and dates in the user's language. */
export interface FactFormat {
  bytes: (bytes: number) => string;
  date: (atMs: number) => string;
}

export interface ServerCheckWords {
  topic: Phrase<ServerCheckKey>;
  says: Phrase<ServerCheckKey>;
  /** Null where nothing is to be done. */
  fix: Phrase<ServerCheckKey> | null;
}

export function serverCheckWords(check: ShownCheck, format: FactFormat): ServerCheckWords {
  const facts = { named: namedFacts(check.facts, format), ...countOf(check.facts) };
  return {
    topic: { key: `serverCheck.topic.${topicOf(check)}` },
    says: { key: `serverCheck.says.${check.code}`, ...facts },
    fix: isUnsound(check) ? { key: `serverCheck.fix.${check.code}`, named: facts.named } : null,
  };
}

/** The relay is looked at from several sides. */
function topicOf({ id, code }: ShownCheck) {
  if (code.startsWith('relay.door-')) return 'relayDoor';
  return code.startsWith('relay.certificate-') ? 'relayCertificate' : id;
}

type Facts = Record<string, string | number>;

function namedFacts(facts: Facts, { bytes, date }: FactFormat): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => {
      if (name.endsWith('Bytes')) return [name, bytes(Number(fact))];
      if (name.endsWith('At')) return [name, date(Date.parse(String(fact)))];
      return [name, name.endsWith('Ms') ? Math.round(Number(fact)) : fact];
    }),
  );
}

function countOf({ ageDays, daysLeft, minutes }: Facts): { count?: number } {
  const count = ageDays ?? daysLeft ?? minutes;
  return count === undefined ? {} : { count: Math.abs(Number(count)) };
}
