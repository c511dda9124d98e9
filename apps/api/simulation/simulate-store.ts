// `npm run simulate:store`: thirty days of a company's Store, in the ways it could be kept, over the code that decides in the
// product. Ends with 1 when a target is missed.
import { parseArgs } from 'node:util';
import { asTable } from '../src/admin/table.ts';
import { Outcome } from './outcome.ts';
import {
  EAGER_PLAN,
  EARLY_FLOOR_PLAN,
  NO_FLOOR_PLAN,
  REPLICATION_PLAN,
  type Scenario,
  STORE_PLAN,
} from './scenario.ts';
import { simulate } from './store-simulation.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '3' },
    days: { type: 'string', default: '30' },
    files: { type: 'string', default: '40' },
  },
});

interface Row {
  readonly name: string;
  readonly scenario: Pick<Scenario, 'plan' | 'alwaysOnShare'>;
}
const THE_STORE: Row = { name: 'the Store', scenario: { plan: STORE_PLAN, alwaysOnShare: 0 } };
const ROWS: readonly Row[] = [
  THE_STORE,
  { name: 'with a tenth always on', scenario: { plan: STORE_PLAN, alwaysOnShare: 0.1 } },
  { name: 'floor after 30 min', scenario: { plan: EARLY_FLOOR_PLAN, alwaysOnShare: 0 } },
  { name: 'without a floor', scenario: { plan: NO_FLOOR_PLAN, alwaysOnShare: 0 } },
  { name: 'eager repair', scenario: { plan: EAGER_PLAN, alwaysOnShare: 0 } },
  { name: 'three copies', scenario: { plan: REPLICATION_PLAN, alwaysOnShare: 0 } },
];
const TARGETS = [
  { peerCount: 20, availability: 0.98 },
  { peerCount: 200, availability: 0.99 },
] as const;
const MOST_UPLOAD = 4.1;
const MOST_REPAIR = 0.5;

const missed: string[] = [];
const lines = TARGETS.flatMap(({ peerCount, availability }) =>
  ROWS.map((row) => {
    const outcome = ofAllSeeds({ ...row.scenario, peerCount });
    const isMissed =
      outcome.availability < availability || outcome.upload > MOST_UPLOAD || outcome.repairAMonth > MOST_REPAIR;
    if (row === THE_STORE && isMissed) missed.push(`${peerCount} peers`);
    return [String(peerCount), row.name, ...cells(outcome)];
  }),
);
console.log(`${values.days} days, ${values.files} files, ${values.seeds} seeds from ${values.seed}:\n`);
console.log(
  asTable([['peers', '', 'available', 'upload', 'repair', 'stored', 'accepted', 'lost', 'online'], ...lines]),
);
if (missed.length > 0) console.log(`\nMissed a target: ${missed.join(', ')}.`);
process.exit(missed.length > 0 ? 1 : 0);

function ofAllSeeds(of: Pick<Scenario, 'plan' | 'alwaysOnShare' | 'peerCount'>): Outcome {
  const seeds = Array.from({ length: Number(values.seeds) }, (_, at) => Number(values.seed) + at);
  const each = seeds.map((seed) =>
    simulate({ ...of, fileCount: Number(values.files), days: Number(values.days), seed }),
  );
  return each.reduce((sum, outcome) => sum.add(outcome), new Outcome());
}

function cells({
  availability,
  upload,
  repairAMonth,
  stored,
  accepted,
  insufficientAtTheEnd,
  online,
}: Outcome): string[] {
  const times = (factor: number) => `${factor.toFixed(2)}×`;
  const percent = (share: number, digits: number) => `${(100 * share).toFixed(digits)} %`;
  return [
    percent(availability, 2),
    times(upload),
    times(repairAMonth),
    times(stored),
    percent(accepted, 0),
    String(insufficientAtTheEnd),
    percent(online, 0),
  ];
}
