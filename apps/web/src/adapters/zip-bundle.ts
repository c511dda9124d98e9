// Asks the zip worker for an archive of received files and reports its progress. Knows nothing of zip.
import type { ZipReply, ZipRequest } from './zip-rpc.ts';

/** @throws Error whose message is `store-full` or `store-failed` */
export async function zipBundle(request: ZipRequest, onBytes: (savedBytes: number) => void): Promise<File> {
  const worker = new Worker(new URL('../workers/zip.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<File>((resolve, reject) => {
      worker.onerror = () => reject(new Error('store-failed'));
      worker.onmessage = ({ data }: MessageEvent<ZipReply>) => {
        if (data.type === 'progress') onBytes(data.savedBytes);
        if (data.type === 'done') resolve(data.archive);
        if (data.type === 'failed') reject(new Error(data.reason));
      };
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
