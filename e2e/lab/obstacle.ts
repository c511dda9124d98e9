// Whether this machine can make a lab. It takes root on Linux, `ip` and `nft`, and a kernel and a container
// that allow them.
import { Lab } from './lab.ts';

/** @returns what stands in the way, in one line; undefined when nothing does */
export function obstacle(): string | undefined {
  try {
    const lab = Lab.lan(['probe']);
    lab.host('probe').mute();
    lab.dispose();
    return undefined;
  } catch (error) {
    if (process.env.FERRY_REQUIRE_LAB === '1') throw error;
    return String(error).replaceAll(/\s+/g, ' ');
  }
}
