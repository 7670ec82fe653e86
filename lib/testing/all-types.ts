/** One column a type, with values that only text keeps: a row of usual ones, one of the odd ends, one of NULLs. */
export const allTypesSql = `
  create extension if not exists hstore;
  create type shade as enum ('light', 'Dark "red"', 'it''s');
  create type place as (street text, number int, tags text[]);
  create domain positive as int check (value > 0);
  create domain label as varchar(20) not null default 'none';
  create table all_types (
    id bigint primary key,
    i2 int2, i4 int4, i8 int8, n numeric, n2 numeric(12, 4), f4 float4, f8 float8, cash money, o oid,
    b bool, c char(5), one "char", vc varchar(20), t text, nm name, by bytea, xid8 xid8,
    d date, tm time, tmz timetz, ts timestamp, tsz timestamptz, ts3 timestamp(3), iv interval,
    u uuid, js json, jb jsonb, xm xml, jp jsonpath,
    ip inet, net cidr, mac macaddr, mac8 macaddr8,
    bt bit(5), vb varbit, tv tsvector, tq tsquery, lsn pg_lsn, rc regclass,
    pt point, ln line, ls lseg, bx box, pa path, pg polygon, ci circle,
    ir int4range, nr numrange, tr tstzrange, mr int4multirange,
    ai int[], at text[], an numeric[], am int[][], ae shade[], ac place[],
    sh shade, pl place, po positive, la label, hs hstore
  );
  insert into all_types values (1,
    -32768, -2147483648, 9007199254740993, 1.10, 12345678.9000, 1.1, 0.1, -12.34, 4294967295,
    true, 'ab', 'x', 'plain', E'line\\nbreak\\ttab "quoted" ''single'' back\\\\slash 🐘', 'a name', '\\x00ff27', '18446744073709551615',
    '2026-02-28', '23:59:59.999999', '12:00:00+05:30', '2026-01-01 00:00:00.123456', '1999-12-31 23:59:59.999999+00',
    '2026-01-01 00:00:00.123', '1 year 2 mons -3 days 04:05:06.789',
    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": 1, "a": 2.0, "big": 12345678901234567890, "e": 1e400 , "s": "\\u00e9"}',
    '{"n": 10.00, "big": 12345678901234567890123}', '<a b="c">d &amp; e</a>', '$.a[*] ? (@ > 1)',
    '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05',
    '10101', '101', 'a:1 fat:2,4A', '''fat'' & !''rat''', '16/B374D848', 'pg_class',
    '(1.5,2)', '{1,2,3}', '[(0,0),(1,1)]', '(2,2),(1,1)', '[(0,0),(1,1),(2,0)]', '((0,0),(1,1),(2,0))', '<(1,1),2>',
    '[1,10)', '(,5.5]', '["2026-01-01 00:00:00+00",)', '{[1,3),[5,7)}',
    '{1,NULL,3}', '{"a b","",NULL,"NULL","q\\"q","c\\\\d"}', '{1.10,NaN}', '{{1,2},{3,4}}', '{light,"it''s"}', array[row('x, y', 1, '{a}')::place],
    'Dark "red"', row('High "St"', null, '{}')::place, 7, 'here', '"k"=>"v 1", "n"=>NULL');
  insert into all_types (id, i2, n, f4, f8, t, c, vc, nm, by, d, ts, tsz, iv, js, jb, ai, at, ir, mr, hs, vb, one, tv, la) values (2,
    0, 'NaN', '-0', '-Infinity', '', '', '', '', '', 'infinity', '4713-01-01 00:00:00 BC', '-infinity', '00:00:00',
    ' [1 , 2]  ', '[]', '{}', '{}', 'empty', '{}', '', '', '', '', '');
  insert into all_types (id, n, f8, t, d, tsz, js, jb, la) values (3,
    123456789012345678901234567890.123456789000, 5e-324, 'NULL', '0044-03-15 BC', '0044-03-15 12:00:00.000001+00 BC',
    'null', 'null', 'x');
  insert into all_types (id, f4, f8, i8, la, t) values (4, 3.4028235e38, 1.7976931348623157e308, -9223372036854775808, ' y ', ' ');
  insert into all_types (id) values (5);
`;
