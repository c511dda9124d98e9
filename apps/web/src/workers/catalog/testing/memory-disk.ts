// Folders and files of the File System API in memory, for tests: as much of it as sharing uses, with the failures that
// browsers report. Knows nothing of shares.

interface Conditions {
  permission: PermissionState;
  /** Called before each look into a folder or file; what it throws is what the look rejects with. */
  look: (path: string) => void;
}

export class MemoryFolder {
  readonly kind = 'directory';
  readonly name: string;
  readonly conditions: Conditions;
  readonly children = new Map<string, MemoryFolder | MemoryFile>();
  readonly #path: string;

  constructor(name: string, conditions: Conditions = { permission: 'granted', look: () => {} }, path = '') {
    this.name = name;
    this.conditions = conditions;
    this.#path = path;
  }

  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  /** Writes a file, and makes the folders on its way. */
  write(path: string, content: string | Uint8Array<ArrayBuffer>, modifiedMs = 1_700_000_000_000): MemoryFile {
    const [name, ...rest] = path.split('/') as [string, ...string[]];
    const below = this.#path === '' ? name : `${this.#path}/${name}`;
    if (rest.length > 0) {
      const folder = this.children.get(name) ?? new MemoryFolder(name, this.conditions, below);
      this.children.set(name, folder);
      return (folder as MemoryFolder).write(rest.join('/'), content, modifiedMs);
    }
    const known = this.children.get(name);
    const file = known instanceof MemoryFile ? known : new MemoryFile(name, this.conditions, below);
    file.content = content;
    file.modifiedMs = modifiedMs;
    this.children.set(name, file);
    return file;
  }

  delete(path: string): void {
    const [name, ...rest] = path.split('/') as [string, ...string[]];
    if (rest.length === 0) this.children.delete(name);
    else (this.children.get(name) as MemoryFolder).delete(rest.join('/'));
  }

  async *values(): AsyncGenerator<MemoryFolder | MemoryFile> {
    this.#look();
    yield* this.children.values();
  }

  async getDirectoryHandle(name: string): Promise<MemoryFolder> {
    return this.#child(name, 'directory') as MemoryFolder;
  }

  async getFileHandle(name: string): Promise<MemoryFile> {
    return this.#child(name, 'file') as MemoryFile;
  }

  async queryPermission(): Promise<PermissionState> {
    return this.conditions.permission;
  }

  async isSameEntry(other: unknown): Promise<boolean> {
    return this === other;
  }

  #child(name: string, kind: 'file' | 'directory'): MemoryFolder | MemoryFile {
    this.#look();
    const child = this.children.get(name);
    if (!child) throw new DOMException(name, 'NotFoundError');
    if (child.kind !== kind) throw new DOMException(name, 'TypeMismatchError');
    return child;
  }

  #look(): void {
    if (this.conditions.permission !== 'granted') throw new DOMException(this.name, 'NotAllowedError');
    this.conditions.look(this.#path);
  }
}

export class MemoryFile {
  readonly kind = 'file';
  readonly name: string;
  readonly conditions: Conditions;
  readonly #path: string;
  content: string | Uint8Array<ArrayBuffer> = '';
  modifiedMs = 0;

  constructor(name: string, conditions: Conditions = { permission: 'granted', look: () => {} }, path = name) {
    this.name = name;
    this.conditions = conditions;
    this.#path = path;
  }

  get handle(): FileSystemFileHandle {
    return this as unknown as FileSystemFileHandle;
  }

  async getFile(): Promise<File> {
    if (this.conditions.permission !== 'granted') throw new DOMException(this.name, 'NotAllowedError');
    this.conditions.look(this.#path);
    return new File([this.content], this.name, { lastModified: this.modifiedMs });
  }

  async queryPermission(): Promise<PermissionState> {
    return this.conditions.permission;
  }

  async isSameEntry(other: unknown): Promise<boolean> {
    return this === other;
  }
}

/** What the engine looks for by name, and what keeps handles whole when they are remembered. */
export const MEMORY_DISK_GLOBALS = {
  FileSystemDirectoryHandle: MemoryFolder,
  FileSystemFileHandle: MemoryFile,
  structuredClone: cloneWithHandles,
};

function cloneWithHandles<Value>(value: Value): Value {
  if (value instanceof MemoryFolder || value instanceof MemoryFile || value === null || typeof value !== 'object')
    return value;
  if (Array.isArray(value)) return value.map(cloneWithHandles) as Value;
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice() as Value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cloneWithHandles(part)])) as Value;
}
