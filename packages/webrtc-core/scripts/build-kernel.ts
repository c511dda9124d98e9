// `npm run build:kernel` in this package: writes the kernels' bytes after their text has changed.
import { writeFileSync } from 'node:fs';
import { kernelSource } from './kernel-source.ts';

writeFileSync(new URL('../src/erasure/kernel-modules.ts', import.meta.url), await kernelSource());
