// A QR code as text for a terminal, dark on light whatever the terminal's colours: not every camera reads it the
// other way round. Knows nothing of what it says.
import { encode } from 'uqr';

/** ISO/IEC 18004, 9.1: four modules of light around it. */
const QUIET_ZONE = 4;
const DARK_ON_LIGHT = '\x1b[38;5;16;48;5;231m';
const RESET = '\x1b[0m';

/**
 * Two rows of modules on a line.
 * @param hasColours whether whoever reads it understands escape sequences; else it is right on a dark ground only
 */
export function qrCode(text: string, hasColours: boolean): string {
  const { data, size } = encode(text, { border: QUIET_ZONE, ecc: 'M' });
  const isDark = (row: number, column: number) => data[row]?.[column] === true;
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    const cells = Array.from({ length: size }, (_, column) => cell(isDark(row, column), isDark(row + 1, column)));
    const line = cells.join('');
    lines.push(hasColours ? `${DARK_ON_LIGHT}${line}${RESET}` : line.replaceAll(/./gu, inverted));
  }
  return lines.join('\n');
}

function cell(isUpperDark: boolean, isLowerDark: boolean): string {
  if (isUpperDark) return isLowerDark ? '█' : '▀';
  return isLowerDark ? '▄' : ' ';
}

function inverted(character: string): string {
  return { '█': ' ', '▀': '▄', '▄': '▀', ' ': '█' }[character] ?? character;
}
