// Sharing, serving and fetching from the catalog, put together for one engine. Holds no logic of its own.
import type {
  CatalogCommands,
  DownloadRequest,
  HeldContent,
  ServedDownload,
  ServingSettings,
  ServingSnapshot,
  ShareRequest,
  ShareSnapshot,
} from '../../adapters/catalog-contract.ts';
import { DEFAULT_SERVING } from '../../adapters/catalog-contract.ts';
import type { OutgoingFile, SourceHandle } from '../../adapters/engine-contract.ts';

export class CatalogDesk implements CatalogCommands {
  shares(): ShareSnapshot[] {
    return [];
  }

  serving(): ServingSnapshot {
    return { settings: DEFAULT_SERVING, downloadCounts: {} };
  }

  async share(_request: ShareRequest): Promise<string> {
    throw new Error('not yet');
  }

  async changeShare(_shareId: string): Promise<void> {}

  async rescanShare(_shareId: string): Promise<void> {}

  async lockedShareHandles(_shareId: string): Promise<FileSystemHandle[]> {
    return [];
  }

  async unlockShare(_shareId: string): Promise<void> {}

  async reconnectShare(_shareId: string, _files: OutgoingFile[], _handles: SourceHandle[]): Promise<void> {}

  async stopSharing(_shareId: string, _path?: string): Promise<void> {}

  async stopSharingAll(): Promise<void> {}

  async servedDownloads(): Promise<ServedDownload[]> {
    return [];
  }

  async setServing(_settings: ServingSettings): Promise<void> {}

  async download(_request: DownloadRequest): Promise<string> {
    throw new Error('not yet');
  }

  async answerChange(_transferId: string, _answer: 'fetch-new' | 'leave-out'): Promise<void> {}

  async findHeld(contentIds: string[]): Promise<(HeldContent | null)[]> {
    return contentIds.map(() => null);
  }
}
