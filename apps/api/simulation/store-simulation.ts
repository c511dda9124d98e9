// Thirty days of a company's Store in steps of five minutes: who comes and goes, what is uploaded, topped up, lost and repaired.
// Time, chance and bytes are made up; every decision is the product's.
import { groupColumns } from '../src/store/columns.ts';
import { isGroupFetchable } from '../src/store/fetchability.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './attendance.ts';
import { Outcome } from './outcome.ts';
import type { Scenario } from './scenario.ts';
import { ServerSteps } from './server-steps.ts';
import { isWorked, SimulatedCompany } from './simulated-company.ts';
import type { SimulatedFile } from './simulated-file.ts';
import { Transfers } from './transfers.ts';

const STEP_MS = 5 * MINUTE_MS;
/** In which uptimes become known. */
const WARM_UP_DAYS = 7;
/** Of the thirty: files come in the first working week, and are watched for the rest. */
const UPLOAD_DAYS = 5;

export function simulate(scenario: Scenario): Outcome {
  const outcome = new Outcome();
  const company = new SimulatedCompany(scenario, WARM_UP_DAYS);
  const server = new ServerSteps(company, scenario.plan, outcome);
  const transfers = new Transfers(company, outcome);
  const uploadsMs = uploadTimes(scenario.fileCount, company);
  const files: SimulatedFile[] = [];
  const endMs = (WARM_UP_DAYS + scenario.days) * DAY_MS;
  for (let nowMs = STEP_MS; nowMs < endMs; nowMs += STEP_MS) {
    // At night nothing is asked for, and once an hour is enough to see who is gone.
    if (nowMs % HOUR_MS !== 0 && !isWorked(nowMs)) continue;
    company.advance(nowMs, STEP_MS, files);
    for (const file of files) {
      transfers.step(file);
      server.forgetRepairer(file);
      server.step(file, STEP_MS);
    }
    while (uploadsMs.length > 0 && uploadsMs[0]! <= nowMs) {
      const uploader = company.chance.one([...company.peers.values()].filter(({ isOnline }) => isOnline));
      if (!uploader) break;
      uploadsMs.shift();
      files.push(server.upload(`file ${files.length}`, uploader));
    }
    if (company.isOfficeTime) lookAt(files, company, scenario, outcome);
  }
  for (const file of files) sumUp(file, company, outcome);
  return outcome;
}

function uploadTimes(count: number, { chance }: SimulatedCompany): number[] {
  const times = Array.from({ length: count }, () => {
    const day = WARM_UP_DAYS + chance.between(0, UPLOAD_DAYS - 1);
    return day * DAY_MS + (9 + 8 * chance.next()) * HOUR_MS;
  });
  return times.sort((a, b) => a - b);
}

function lookAt(
  files: readonly SimulatedFile[],
  { known, nowMs, peers }: SimulatedCompany,
  { plan }: Scenario,
  outcome: Outcome,
): void {
  for (const file of files) {
    if (file.acceptedMs === null) continue;
    outcome.looks++;
    const columns = file.columns(known, nowMs, plan.repair.deadAfterMs);
    if (isGroupFetchable(columns, file.code.k)) outcome.fetchableLooks++;
  }
  for (const { isOnline } of peers.values()) {
    outcome.peerLooks++;
    if (isOnline) outcome.onlinePeerLooks++;
  }
}

function sumUp(file: SimulatedFile, { known, nowMs }: SimulatedCompany, outcome: Outcome): void {
  outcome.files++;
  outcome.fileMs += nowMs - file.uploadedMs;
  if (file.acceptedMs !== null && file.acceptedMs - file.uploadedMs <= HOUR_MS) outcome.acceptedWithinAnHour++;
  const { alive } = groupColumns(file.places, known, nowMs);
  if (file.acceptedMs !== null && alive.size < file.code.k) outcome.insufficientAtTheEnd++;
  const held = file.places.filter(({ state }) => state === 'held').length;
  outcome.heldBytesAtTheEnd += held * file.columnBytes;
}
