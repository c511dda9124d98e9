// Colleagues who do not exist.
import type { Person } from '@ferry/shared';

const today = (hours: number, minutes: number) => new Date().setHours(hours, minutes, 0, 0);

export function person(
  username: string,
  devices: string[] = ['Chrome on Windows'],
  lastSeenAt: number | null = null,
): Person {
  const userId = `user-${username}`;
  return {
    userId,
    username,
    lastSeenAt,
    devices: devices.map((name, index) => ({ deviceId: `${userId}-${index}`, name })),
  };
}

export const colleagues: Person[] = [
  person('Grace.Okafor'),
  person('Dara.Nguyen', ['Firefox on Linux']),
  person('Chen.Wei', ['Edge on Windows', 'Chrome on Android']),
  person('Elif.Demir', ['Safari on macOS']),
  person('Bruno.Alves'),
  person('Ana.Petrova', ['Chrome on ChromeOS']),
  person('Femi.Adeyemi'),
  person('Hugo.Laurent', [], today(0, 2)),
  person('李伟', [], Date.now() - 86_400_000),
  person('Ines', [], null),
];

export const peer = (username: string) => ({ userId: `user-${username}`, username });
