// Starts the one server that most tests share; its address reaches them through the environment.
import { startFerry } from './ferry-server.ts';

export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startFerry();
  process.env.FERRY_URL = server.url;
  return () => server.dispose();
}
