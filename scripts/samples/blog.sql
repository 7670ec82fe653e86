-- The blog: people who write, and what they wrote.

create extension "uuid-ossp";

create type post_status as enum (
  'draft',
  'published',
  'archived'
);

create table users (
  id uuid primary key default uuid_generate_v4(),
  email varchar(255) not null unique,
  password_hash varchar(255) not null,
  created_at timestamp not null default current_timestamp,
  updated_at timestamp not null default current_timestamp
);

comment on table users is 'Stores user information.';
comment on column users.id is 'Primary key';
comment on column users.email is 'User''s email address';
comment on column users.password_hash is 'Hashed password';
comment on column users.created_at is 'Creation timestamp';
comment on column users.updated_at is 'Last update timestamp';

create unique index users_email_idx on users (email);

create table posts (
  id uuid primary key default uuid_generate_v4(),
  user_id uuid not null references users (id),
  title varchar(255) not null,
  content text not null,
  status post_status not null default 'draft',
  created_at timestamp not null default current_timestamp,
  updated_at timestamp not null default current_timestamp
);

comment on table posts is 'Stores blog posts.';
comment on column posts.id is 'Primary key';
comment on column posts.user_id is 'Author''s user ID';
comment on column posts.title is 'Post title';
comment on column posts.content is 'Post content';
comment on column posts.status is 'Publication status';
comment on column posts.created_at is 'Creation timestamp';
comment on column posts.updated_at is 'Last update timestamp';

create index posts_user_id_idx on posts (user_id);
create index posts_created_at_idx on posts (created_at);

create view active_users as
select distinct u.*
from users u
join posts p on p.user_id = u.id
where p.status = 'published';

comment on view active_users is 'Shows users with at least one published post.';

create or replace function update_timestamp()
returns trigger as $$
begin
  new.updated_at = current_timestamp;
  return new;
end;
$$ language 'plpgsql';

comment on function update_timestamp() is 'Updates the `updated_at` column on record modification.';

create trigger users_timestamp_trigger
  before update on users
  for each row
  execute function update_timestamp();
