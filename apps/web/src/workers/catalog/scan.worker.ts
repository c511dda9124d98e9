// The worker that scans: joins the scanner to the engine's worker, which started it. Holds no logic of its own.
import { rpc } from '../../adapters/engine-rpc.ts';
import type { ScanFunctions, ScanListener } from './scan-rpc.ts';
import { Scanner } from './scanner.ts';

const scope = self as unknown as Worker;

const listener: ScanListener = {
  listed: (shareId) => void remote.listed(shareId),
  walked: (shareId, outcome, isWhole) => void remote.walked(shareId, outcome, isWhole),
  hashed: (shareId) => void remote.hashed(shareId),
  touched: (shareId, paths) => void remote.touched(shareId, paths),
  sessionFile: (shareId, path) => remote.sessionFile(shareId, path),
};
const scanner = new Scanner(listener);
const functions: ScanFunctions = {
  open: (userId) => scanner.open(userId),
  walk: (request) => scanner.walk(request),
  cancelWalk: (shareId) => scanner.cancelWalk(shareId),
  setSources: (sources) => scanner.setSources(sources),
  setBusy: (isBusy) => scanner.setBusy(isBusy),
};
const remote = rpc<ScanListener, ScanFunctions>(
  scope,
  functions,
  { send: 'to-engine', receive: 'to-scanner' },
  { eventNames: ['listed', 'walked', 'hashed', 'touched'] },
);
