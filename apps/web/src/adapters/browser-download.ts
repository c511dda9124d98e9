// The browser's own download of a Blob: works everywhere and reads nothing into memory when the Blob lies
// on disk. Knows nothing of what it is.

/** A download that was not started by then never will be. */
const REVOKE_AFTER_MS = 60_000;

export function browserDownload(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}
