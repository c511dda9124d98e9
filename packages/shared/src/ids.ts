// The identifiers that browser and server exchange; knows nothing of what they point at.
import * as z from 'zod/mini';

/** A UUID chosen by whoever creates the thing: the server for users, the browser for its own device. */
const idSchema = z.uuid();

export const userIdSchema = idSchema;
export const deviceIdSchema = idSchema;

export type UserId = z.infer<typeof userIdSchema>;
export type DeviceId = z.infer<typeof deviceIdSchema>;
