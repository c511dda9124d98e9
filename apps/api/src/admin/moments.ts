// Moments as ferry-admin writes them, in UTC.

export function isoOf(time: number): string {
  return new Date(time).toISOString();
}

export function minuteOf(time: number): string {
  return isoOf(time).slice(0, 16).replace('T', ' ');
}
