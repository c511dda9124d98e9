// The worker that scans, as the engine's worker has it: started when there is something to scan, for most people share
// nothing. Knows nothing of what it does.
import { rpc } from '../../adapters/engine-rpc.ts';
import type { ScanFunctions, ScanListener } from './scan-rpc.ts';

export type StartScanner = (userId: string, listener: ScanListener) => Omit<ScanFunctions, 'open'>;

const EVENTS = ['open', 'walk', 'cancelWalk', 'setSources', 'setBusy'] as const;

export const startScanWorker: StartScanner = (userId, listener) => {
  let remote: ScanFunctions | undefined;
  let isBusy = false;
  const start = () => {
    const worker = new Worker(new URL('./scan.worker.ts', import.meta.url), { type: 'module' });
    const started = rpc<ScanFunctions, ScanListener>(
      worker,
      listener,
      { send: 'to-scanner', receive: 'to-engine' },
      { eventNames: [...EVENTS] },
    );
    void started.open(userId);
    void started.setBusy(isBusy);
    return started;
  };
  return {
    walk(request) {
      remote ??= start();
      void remote.walk(request);
    },
    cancelWalk: (shareId) => void remote?.cancelWalk(shareId),
    setSources: (sources) => void remote?.setSources(sources),
    setBusy(next) {
      isBusy = next;
      void remote?.setBusy(next);
    },
  };
};
