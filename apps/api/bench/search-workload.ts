// What people look for, by class: as they type, in several languages, with filters; and what would hurt. Comes out the same
// for the same seed. Knows no server.
import type { CatalogFilters, CatalogOrder } from '@ferry/shared';
import type { Chance } from './chance.ts';
import { EXTENSIONS, type Language, WORDS } from './office-words.ts';

export interface Asked {
  class: string;
  query: string;
  filters?: CatalogFilters;
  order?: CatalogOrder;
  isDescending?: boolean;
  /** How many pages are turned, one after the other. */
  pages: number;
}

const LANGUAGES = Object.keys(WORDS).filter((language) => language !== 'english') as Language[];

/** Weights in hundredths. */
const CLASSES: [(chance: Chance) => Asked, number][] = [
  [typing, 35],
  [words, 15],
  [phrase, 5],
  [rare, 7],
  [otherScripts, 10],
  [filtered, 12],
  [listing, 6],
  [hostile, 10],
];

export function nextSearch(chance: Chance): Asked {
  return chance.weighted(CLASSES)(chance);
}

function typing(chance: Chance): Asked {
  const text = `${english(chance)} ${english(chance)}`;
  return ask('as typed, 1 to 12 characters', text.slice(0, chance.between(1, 12)));
}

function words(chance: Chance): Asked {
  return ask('one to three frequent words', some(chance, chance.between(1, 3)));
}

function phrase(chance: Chance): Asked {
  return ask(
    'phrase, perhaps with an exclusion',
    `"${some(chance, 2)}"${chance.is(0.5) ? ` -${english(chance)}` : ''}`,
  );
}

function rare(chance: Chance): Asked {
  return ask(
    'rare word',
    chance.one([`IMG_${chance.between(1, 99_999)}`, `${english(chance)} ${chance.between(1, 400)}.pdf`, 'qqzxwv']),
  );
}

function otherScripts(chance: Chance): Asked {
  const word = chance.one(WORDS[chance.one(LANGUAGES)]);
  return ask('other scripts', chance.is(0.5) ? word : [...word].slice(0, chance.between(1, 3)).join(''));
}

function filtered(chance: Chance): Asked {
  const [extension] = chance.one(EXTENSIONS);
  const filters = chance.one([
    `type:${extension}`,
    'type:image',
    'type:folder',
    '>100MB',
    '<10kB',
    'newer:90d',
    'after:2022 before:2024',
    'is:online',
  ]);
  const query = chance.is(0.3) ? filters : `${english(chance)} ${filters}`;
  return ask('filters', query, { order: chance.one(['relevance', 'size', 'modified', 'name']), isDescending: true });
}

function listing(chance: Chance): Asked {
  const order = chance.one(['relevance', 'relevance', 'name', 'size', 'modified'] as const);
  return ask('no words, three pages', '', { order, isDescending: chance.is(0.5), pages: 3 });
}

/** Lists that are long and share nothing, rows that are read in vain, many words, many filters. */
function hostile(chance: Chance): Asked {
  const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
  return ask(
    'hostile',
    chance.one([
      chance.one(letters),
      'jpg pdf',
      'pdf docx png xlsx',
      'img 20 jpg pdf',
      `${english(chance)} -${english(chance).slice(0, 1)}`,
      'report -report',
      'img >15GB',
      'report newer:1h',
      '_',
      '.',
      'ing ion',
      letters.join(' '),
      `${letters.map((letter) => `-${letter}`).join(' ')}`,
      `a ${letters.map((letter) => `-x${letter}`).join(' ')}`,
      'e >1kB <1GB after:2017 before:2026 type:pdf type:jpg type:png is:online',
      '"a" OR 1=1 -- %_%',
      'x'.repeat(256),
      'ab '.repeat(85),
    ]),
    { pages: chance.is(0.3) ? 3 : 1 },
  );
}

function english(chance: Chance): string {
  return chance.one(WORDS.english);
}

function some(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => english(chance)).join(' ');
}

function ask(name: string, query: string, more: Partial<Asked> = {}): Asked {
  return { class: name, query, pages: 1, ...more };
}
