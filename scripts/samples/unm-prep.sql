-- A music school's preparatory division: who learns, who teaches, and what.

create table users (
  id serial primary key,
  username varchar(50) unique not null,
  email varchar(100) unique not null,
  role varchar(20) not null,
  created_at timestamp default current_timestamp
);

create table students (
  id serial primary key,
  user_id integer references users (id),
  level varchar(20) not null,
  instrument varchar(50) not null,
  start_date date not null
);

create table teachers (
  id serial primary key,
  user_id integer references users (id),
  specialization varchar(100) not null,
  availability json not null
);

create table courses (
  id serial primary key,
  name varchar(100) not null,
  description text,
  level varchar(20) not null,
  teacher_id integer references teachers (id)
);

create table enrolments (
  student_id integer not null references students (id),
  course_id integer not null references courses (id),
  enrolled_at timestamp default current_timestamp,
  primary key (student_id, course_id)
);

comment on table users is 'Users Table';
comment on table students is 'Students Table';
comment on table teachers is 'Teachers Table';
comment on table courses is 'Courses Table';
comment on table enrolments is 'Which student takes which course: many to many';

create index idx_users_email on users (email);
create index idx_students_level_instrument on students (level, instrument);
create unique index idx_users_username on users (username);

-- Roles belong to the whole server: they may be there from another time. Nobody logs in as these.
do $$
begin
  create role readonly nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
  create role reporter nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;

grant select on all tables in schema public to readonly;
grant readonly to reporter;

create table schema_version (
  version integer primary key,
  applied_at timestamp default current_timestamp,
  description text
);

comment on table schema_version is 'Version table';
