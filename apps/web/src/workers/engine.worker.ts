// The engine's worker: joins the engine to the page that started it. Holds no logic of its own.
import { type PageFunctions, rpc, type WorkerFunctions } from '../adapters/engine-rpc.ts';
import { Engine } from './engine.ts';
import { PageConnector } from './page-connector.ts';

const scope = self as unknown as Worker;

const page: PageFunctions = {
  want: (peerId) => void remote.want(peerId),
  release: (peerId) => void remote.release(peerId),
  suspect: (peerId) => void remote.suspect(peerId),
  endChannel: (channelId) => void remote.endChannel(channelId),
  publish: (snapshot) => void remote.publish(snapshot),
};
const engine = new Engine(new PageConnector(page, scope), page);

const { promise: started, resolve: setStarted, reject: setFailed } = Promise.withResolvers<void>();
const start: WorkerFunctions['start'] = (options) =>
  engine
    .start(options)
    .then(setStarted, setFailed)
    .then(() => started);

/** Every command waits until the engine has read what it remembers. */
const commands = new Proxy({} as WorkerFunctions, {
  get(_, name: keyof WorkerFunctions) {
    if (name === 'start') return start;
    return async (...args: unknown[]) => {
      await started;
      const target = [engine, engine.commands, engine.catalog, engine.store.functions].find((part) => name in part)!;
      return Reflect.apply(target[name as never], target, args);
    };
  },
});

const remote = rpc<PageFunctions, WorkerFunctions>(
  scope,
  commands,
  { send: 'to-page', receive: 'to-worker' },
  { eventNames: ['want', 'release', 'suspect', 'endChannel', 'publish'] },
);
