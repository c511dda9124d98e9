import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const TOKEN = `ferry-node_${'A'.repeat(43)}`;
const environment = {
  FERRY_URL: 'https://ferry.example.com/',
  FERRY_NODE_TOKEN: TOKEN,
  DATA_DIR: '/var/lib/ferry-node',
  SPACE_GB: '50',
};
const sentence = (args: string[], variables: Record<string, string | undefined>) => {
  try {
    readSettings(args, variables);
  } catch (error) {
    return (error as Error).message;
  }
  return '(none)';
};

test('the environment says it all', () => {
  expect(readSettings([], environment)).toEqual({
    ...{ origin: 'https://ferry.example.com', token: TOKEN, folder: '/var/lib/ferry-node' },
    ...{ offeredBytes: 50_000_000_000, healthFile: undefined, logLevel: 'info' },
  });
});

test('a flag counts more than its variable; a folder is meant from where the command was given', () => {
  const args = ['--url', 'http://10.0.0.7:3000', '--token', TOKEN, '--folder', 'pieces', '--space', '0.5'];
  expect(readSettings(args, { ...environment, LOG_LEVEL: 'debug' })).toMatchObject({
    ...{ origin: 'http://10.0.0.7:3000', folder: resolve('pieces'), offeredBytes: 500_000_000, logLevel: 'debug' },
  });
});

test.each([
  ['FERRY_URL', 'ferry.example.com', 'FERRY_URL (--url) must be the address that people type'],
  ['FERRY_URL', 'https://ferry.example.com/store', 'without a path'],
  ['FERRY_NODE_TOKEN', undefined, 'FERRY_NODE_TOKEN (--token) is needed: make one in Settings'],
  ['FERRY_NODE_TOKEN', 'secret', 'FERRY_NODE_TOKEN (--token) must be a token'],
  ['DATA_DIR', '', 'DATA_DIR (--folder) is needed'],
  ['SPACE_GB', 'much', 'SPACE_GB (--space) must be a number of gigabytes'],
  ['SPACE_GB', undefined, 'SPACE_GB (--space) must be a number of gigabytes'],
  ['SPACE_GB', '-1', 'SPACE_GB (--space) must be at least 0'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of fatal,'],
])('%s=%s stops it with a sentence', (name, value, said) => {
  expect(sentence([], { ...environment, [name]: value })).toContain(said);
});

test('no sentence repeats a token', () => {
  expect(sentence(['--token', 'half-a-token'], environment)).not.toContain('half-a-token');
});

test('a flag that does not exist is named', () => {
  expect(sentence(['--spcae', '5'], environment)).toContain('--spcae');
});
