// Where the folders that compose mounts into a service lie on this computer. Knows no processes.
import { mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { INFRA, type Service } from './compose-file.ts';

/** Longer targets first, so that a folder inside of another is found before it. */
export class Mounts {
  readonly #sources: [target: string, source: string][];

  /**
   * Volumes are folders of a test's own and are made; so is `./certificates`, which the operator brings. What else is
   * mounted stands in infra/, or is named by its whole path.
   */
  constructor({ volumes = [], tmpfs = [] }: Service, folder: string) {
    const sources = volumes.map((volume): [string, string] => {
      const [source = '', target = ''] = volume.split(':');
      const isOfInfra = source.startsWith('./') && source !== './certificates';
      if (isAbsolute(source)) return [target, source];
      return [target, isOfInfra ? join(INFRA, source) : made(join(folder, source))];
    });
    const temporary = tmpfs.map((target): [string, string] => [target, made(join(folder, 'tmpfs', target))]);
    this.#sources = [...sources, ...temporary].sort(([one], [other]) => other.length - one.length);
  }

  /** A path of the container's, or anything else, which stays as it is. */
  onThisComputer(text: string): string {
    const found = this.#sources.find(([target]) => text === target || text.startsWith(`${target}/`));
    return found ? `${found[1]}${text.slice(found[0].length)}` : text;
  }
}

function made(folder: string): string {
  // Others than root have to come through to what is theirs.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}
