// A name and a password for the relay, as the API makes them for whoever is signed in.
import { createHmac } from 'node:crypto';
import { TURN_SECRET } from './installation.ts';

export function relayCredentials(secret = TURN_SECRET): { username: string; credential: string } {
  const username = `${Math.floor(Date.now() / 1000) + 3600}:user:device`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
