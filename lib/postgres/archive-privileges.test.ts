import { expect, test } from 'vitest';
import { readPrivileges, rolesOf } from './archive-privileges';

const script = `--
-- PostgreSQL database dump
--

\\restrict Ie1QUGMaYKiTnPNRagFj36zaMh4qgaMr9Ac40LdTBYI8hMcFvUG1nxdJ3VaN8BQ

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

GRANT SELECT ON TABLE public.t TO reader WITH GRANT OPTION;
SET SESSION AUTHORIZATION "my role";
GRANT SELECT ON TABLE public."a; drop table x; TO howdah_read" TO bob;
RESET SESSION AUTHORIZATION;
GRANT SELECT ON TABLE public.t TO howdah_read;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE "o""wner" IN SCHEMA public GRANT SELECT ON TABLES  TO howdah_write;
ALTER DEFAULT PRIVILEGES FOR ROLE "o""wner" IN SCHEMA public GRANT SELECT ON TABLES  TO reader;
DROP TABLE public.t;
\\unrestrict Ie1QUGMaYKiTnPNRagFj36zaMh4qgaMr9Ac40LdTBYI8hMcFvUG1nxdJ3VaN8BQ
`;

test('takes only privileges, in order, without those of the roles left out', () => {
  expect(readPrivileges(script, ['howdah_read', 'howdah_write'])).toEqual([
    { sql: 'GRANT SELECT ON TABLE public.t TO reader WITH GRANT OPTION', as: null },
    { sql: 'GRANT SELECT ON TABLE public."a; drop table x; TO howdah_read" TO bob', as: '"my role"' },
    { sql: 'REVOKE ALL ON SCHEMA public FROM PUBLIC', as: null },
    {
      sql: 'ALTER DEFAULT PRIVILEGES FOR ROLE "o""wner" IN SCHEMA public GRANT SELECT ON TABLES  TO reader',
      as: null,
    },
  ]);
});

test('knows the roles that a statement needs', () => {
  const statements = readPrivileges(script, []);
  expect(statements.map(rolesOf)).toEqual([
    ['reader'],
    ['my role', 'bob'],
    ['howdah_read'],
    [],
    ['o"wner', 'howdah_write'],
    ['o"wner', 'reader'],
  ]);
});
