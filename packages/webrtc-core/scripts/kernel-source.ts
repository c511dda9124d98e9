// The file of the package's sources that holds the kernels' bytes, made from their text.
import wabt from 'wabt';
import { kernelWat } from './kernel-wat.ts';

/** Characters of base64 a line. */
const LINE_LENGTH = 100;

export async function kernelSource(): Promise<string> {
  const { parseWat } = await wabt();
  const base64 = (name: string, wat: string) => {
    const module = parseWat(`${name}.wat`, wat, { relaxed_simd: true });
    const { buffer } = module.toBinary({});
    module.destroy();
    return literal(btoa(String.fromCharCode(...buffer)));
  };
  return `// The WebAssembly kernels, base64. Made by \`npm run build:kernel\` from scripts/kernel-wat.ts; not edited by hand.

export const SIMD_MODULE =
${base64('simd', kernelWat('i8x16.swizzle'))};

export const RELAXED_SIMD_MODULE =
${base64('relaxed-simd', kernelWat('i8x16.relaxed_swizzle'))};
`;
}

function literal(text: string): string {
  const lines = text.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return lines.map((line) => `  '${line}'`).join(' +\n');
}
