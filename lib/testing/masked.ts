/** Secrets in a table, and every way that leads to them but through the table itself. */
export const maskedSql = `
  create schema m;
  create table m.people (id int primary key, name text, password text not null default 'SECRET-default', note text,
    shout text generated always as (upper(password)) stored);
  insert into m.people (id, name, password) values (1, 'Ada', 'SECRET-ada'), (2, 'Bob', 'SECRET-bob');
  create unique index people_password on m.people (password);
  create view m.plain as select id, name from m.people;
  create view m.handed_on as select id, name, password from m.people;
  create view m.handed_twice as select id, password from m.handed_on;
  create view m.renamed as select id, password as pw from m.people;
  create view m.computed as select id, md5(password) as hash from m.people;
  create view m.of_computed as select hash from m.computed;
  create view m.compared as select id from m.people where password like 'SECRET-a%';
  create view m.counted as select count(*) from m.people;
  create view m.whole as select to_jsonb(p) as row from m.people p;
  create view m.composite as select p as person from m.people p;
  create view m.listed (a, b) as select id, password from m.people;
  create view m.united as select password from m.people union all select 'x';
  create view m.joined as select a.id from m.people a join m.people b using (password);
  create view m.nested as select s.password from (select upper(password) as password from m.people) s;
  create view m.sorted as select id from m.people order by password;
  create view m.checked with (security_barrier) as select id, name, password from m.people where id > 0;
  create materialized view m.stored as select id, password from m.people;
  create materialized view m.stored_hash as select md5(password) as hash from m.people;
  create view m.of_stored as select id, password from m.stored;
  create table m.parent (id int, token text);
  create table m.child (extra text) inherits (m.parent);
  insert into m.child values (1, 'SECRET-child', 'x');
  create table m.parts (id int, token text) partition by list (id);
  create table m.parts_1 partition of m.parts for values in (1);
  insert into m.parts values (1, 'SECRET-part');
  create function m.invoker() returns setof text language sql as 'select password from m.people';
  create function m.definer() returns setof text language sql security definer as 'select password from m.people';
  create function m.row_of(m.people) returns text language sql as 'select $1.password';
  create table m.open_to_all (id int, secret text);
  insert into m.open_to_all values (1, 'SECRET-public');
  grant select on m.open_to_all to public;
  create schema elsewhere;
  create table elsewhere.ledger (id int, amount int);
  create table elsewhere.notice (id int);
  grant usage on schema elsewhere to public;
  grant select on elsewhere.notice to public;
`;

export const maskedColumns = [
  { schema: 'm', relation: 'people', column: 'password' },
  { schema: 'm', relation: 'parent', column: 'token' },
  { schema: 'm', relation: 'parts_1', column: 'token' },
  { schema: 'm', relation: 'open_to_all', column: 'secret' },
];
