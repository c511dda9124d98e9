// What an uploader says of a version when it begins, as rows; and whether what it says again is the same. Pure.
import type { BeginVersion } from '@ferry/shared';
import { fold } from '../catalog/search/fold.ts';
import type { VersionRow } from '../db/queries/store-versions.ts';
import { refusal } from '../trpc/error.ts';
import { begunCode } from './begun-code.ts';

/** @throws `invalid` */
export function versionRow(begun: BeginVersion, ownerId: string, nowMs: number): VersionRow {
  const { versionId, deviceId, sizeBytes, expiresAt, content } = begun;
  const isFile = content.type === 'file';
  const code = begun.code && begunCode(begun.code, sizeBytes);
  if (begun.code && !code) throw refusal('invalid');
  return {
    versionId,
    ownerId,
    uploaderDeviceId: deviceId,
    contentType: content.type,
    sizeBytes,
    name: isFile ? content.name : '',
    nameKey: isFile ? fold(content.name) : '',
    mediaType: isFile ? content.mediaType : '',
    modifiedMs: isFile ? content.modifiedMs : 0,
    key: isFile ? content.key : null,
    k: code?.k ?? null,
    n: code?.n ?? null,
    createdAt: nowMs,
    expiresAt,
    // Nobody need keep what has no bytes.
    acceptedAt: sizeBytes === 0 ? nowMs : null,
    goneAt: null,
    isLatest: false,
  };
}

/** Said by the same device, of the same content. */
export function isSameVersion(row: VersionRow, { deviceId, sizeBytes, content }: BeginVersion): boolean {
  if (row.uploaderDeviceId !== deviceId || row.sizeBytes !== sizeBytes || row.contentType !== content.type)
    return false;
  return content.type === 'delivery' || (row.name === content.name && row.key === content.key);
}
