import { describe, expect, test } from 'vitest';
import { helpWanted, parseCall } from './command-line.ts';
import { COMMANDS } from './commands.ts';
import { UsageError } from './failure.ts';
import { usageOf } from './usage.ts';

const parse = (line: string) => parseCall(line.split(' ').filter(Boolean), COMMANDS);

test.each([
  ['create-user ann', 'create-user', ['ann'], {}],
  ['create-user --admin --generate ann', 'create-user', ['ann'], { admin: true, generate: true }],
  ['create-user -- -ann-', 'create-user', ['-ann-'], {}],
  [
    'invite --expires-in-days=3 --origin https://f.example',
    'invite',
    [],
    { 'expires-in-days': '3', origin: 'https://f.example' },
  ],
  ['backup --keep 3 /mnt', 'backup', ['/mnt'], { keep: '3' }],
  ['list --json', 'list', [], { json: true }],
])('%s is understood', (line, name, operands, options) => {
  const call = parse(line);
  expect({ ...call, command: call.command.name, options: { ...call.options } }).toEqual({
    command: name,
    operands,
    options,
  });
});

describe('is not understood:', () => {
  test.each([
    ['', 'Say what to do.', undefined],
    ['frobnicate', 'There is no command "frobnicate".', undefined],
    ['create-user', 'create-user needs <name>.', 'create-user'],
    ['restore', 'restore needs <file>.', 'restore'],
    ['list ann', 'list takes options only, and there are 1 words.', 'list'],
    ['list --jsn', "Unknown option '--jsn'.", 'list'],
    ['invite --origin', "Option '--origin <value>' argument missing.", 'invite'],
    ['list --json=yes', "Option '--json' does not take an argument.", 'list'],
  ])('%j', (line, sentence, command) => {
    expect(() => parse(line)).toThrow(expect.objectContaining({ message: sentence, command }));
    expect(() => parse(line)).toThrow(UsageError);
  });

  test('a password as an argument, and it is not repeated', () => {
    expect(() => parse('create-user ann hunter22')).toThrow('create-user takes one <name>, and there are 2 words.');
  });
});

test.each([
  ['help', { on: undefined }],
  ['--help', { on: undefined }],
  ['-h', { on: undefined }],
  ['help backup', { on: 'backup' }],
  ['backup --help', { on: 'backup' }],
  ['backup /mnt -h', { on: 'backup' }],
  ['backup /mnt', undefined],
  ['', undefined],
])('%j asks for help, or does not', (line, wanted) => {
  expect(helpWanted(line.split(' ').filter(Boolean))).toEqual(wanted);
});

test('usage lists every command, or tells of one', () => {
  const all = usageOf(COMMANDS);
  for (const { name, summary } of COMMANDS) {
    expect(all).toContain(`  ${name}`);
    expect(all).toContain(summary);
    expect(usageOf(COMMANDS, name).split('\n')).toHaveLength(2);
  }
  expect(usageOf(COMMANDS, 'frobnicate')).toBe(all);
});
