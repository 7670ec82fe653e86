import { expect, test } from 'vitest';
import { cutByOwners, readContents } from './archive-contents';

const list = `;
; Archive created at 2026-11-21 03:55:52 UTC
;     dbname: src
;
7; 2615 16387 SCHEMA - a b postgres
2; 3079 16410 EXTENSION - pgcrypto 
3321; 0 0 COMMENT - EXTENSION pgcrypto 
216; 1259 16388 TABLE a b we"ird name my role
217; 1259 16395 TABLE public t gone
3322; 0 0 ACL public TABLE t postgres
218; 1259 16402 MATERIALIZED VIEW public mv postgres
3310; 0 16388 TABLE DATA a b we"ird name my role
2081; 826 16407 DEFAULT ACL public DEFAULT PRIVILEGES FOR TABLES postgres
3161; 3466 16409 EVENT TRIGGER - et postgres
3323; 0 0 COMMENT - EVENT TRIGGER et postgres
3312; 0 16402 MATERIALIZED VIEW DATA public mv postgres
`;

test('sorts the entries into the passes of a restore', () => {
  const entries = readContents(list);
  const ids = (pass: string) =>
    entries.filter((entry) => entry.pass === pass).map(({ line }) => line.split(';')[0]);
  expect(ids('main')).toEqual(['7', '2', '3321', '216', '217', '218', '3310']);
  expect(ids('privileges')).toEqual(['3322', '2081']);
  expect(ids('last')).toEqual(['3161', '3323', '3312']);
});

test('is one run where all owners are there', () => {
  const { segments, missing } = cutByOwners(readContents(list), new Set(['postgres', 'my role', 'gone']));
  expect(segments).toHaveLength(1);
  expect(segments[0]?.keepsOwners).toBe(true);
  expect(missing).toEqual([]);
});

test('is cut around an object whose owner is not there, in order, and rows follow their neighbours', () => {
  const main = readContents(list).filter(({ pass }) => pass === 'main');
  const { segments, missing } = cutByOwners(main, new Set(['postgres', 'my role']));
  expect(segments.map(({ keepsOwners, entries }) => [keepsOwners, entries.length])).toEqual([
    [true, 4],
    [false, 1],
    [true, 2],
  ]);
  expect(missing).toEqual(['gone']);
});
