import { expect, test } from 'vitest';
import { type ClientTools, chooseTools, parseToolVersion, setsUnknownTimeout } from './client-version';

const tools = (version: string, folder = `/usr/lib/postgresql/${version}/bin`): ClientTools => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return { major, minor, folder };
};

test.each([
  ['pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', { major: 15, minor: 18 }],
  ['pg_dump (PostgreSQL) 18.4\n', { major: 18, minor: 4 }],
  ['pg_dump (PostgreSQL) 19beta1', { major: 19, minor: 0 }],
  ['pg_dump (EnterpriseDB) 15.18', null],
  ['', null],
])('reads %j', (text, version) => {
  expect(parseToolVersion(text)).toEqual(version);
});

test.each([
  ['the same major', ['14.23', '15.18', '18.4'], 15, '15.18'],
  ['the lowest above it', ['14.23', '16.14', '18.4'], 15, '16.14'],
  ['the newest minor of it', ['15.18', '15.20'], 15, '15.20'],
  ['a major that has no least minor yet', ['19.0'], 18, '19.0'],
  ['the oldest maintained one for a server that is older still', ['12.22', '14.23', '15.18'], 10, '14.23'],
  ['the next major where the right one has holes', ['15.3', '16.14'], 15, '16.14'],
] as const)('chooses %s', (_, versions, wanted, chosen) => {
  const { major, minor } = chooseTools(
    versions.map((version) => tools(version)),
    wanted,
  );
  expect(`${major}.${minor}`).toBe(chosen);
});

test.each([
  [
    [],
    15,
    /no pg_dump and pg_restore of PostgreSQL 15 or newer \(found: none\)/,
    /postgresql(-client-|@|\.)15$/i,
  ],
  [['14.23'], 18, /18 or newer \(found: 14\.23 in/, /18$/],
  [['15.17'], 15, /pg_dump 15\.17 in .* is older than 15\.18/, /15$/],
  [['17.9'], 17, /is older than 17\.10/, /17$/],
] as const)('of %j for %i says what is missing and the command', (versions, wanted, message, hint) => {
  const choose = () =>
    chooseTools(
      versions.map((version) => tools(version)),
      wanted,
    );
  expect(choose).toThrow(message);
  expect(choose).toThrow(expect.objectContaining({ code: 'conflict', hint: expect.stringMatching(hint) }));
});

test.each([
  ['18.4', 15, true],
  ['17.10', 16, true],
  ['18.4', 17, false],
  ['16.14', 15, false],
] as const)('whether %s sets what %i does not know', (version, serverMajor, isUnknown) => {
  expect(setsUnknownTimeout(tools(version), serverMajor)).toBe(isUnknown);
});
