// The part of FileSystemSyncAccessHandle (File System Standard, section 2.6) that the store uses: it is in
// TypeScript's worker library only, which cannot be loaded beside the page's.

export interface SyncAccessHandle {
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(sizeBytes: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

/** @throws DOMException `NoModificationAllowedError` when somebody else has the file open */
export async function openSyncAccessHandle(file: FileSystemFileHandle): Promise<SyncAccessHandle> {
  const inWorker = file as FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };
  return inWorker.createSyncAccessHandle();
}
