-- The example project of a small administration tool: users and posts, kept by Alembic.

create table alembic_version (
  version_num varchar(32) not null primary key
);

comment on table alembic_version is 'Отслеживание применённых миграций. Создаётся Alembic автоматически при первой миграции.';
comment on column alembic_version.version_num is 'Revision hash текущей применённой миграции';

create table users (
  id serial primary key,
  username varchar(50) not null unique,
  email varchar(100) not null unique,
  is_active boolean default true,
  created_at timestamp default current_timestamp,
  updated_at timestamp default current_timestamp
);

comment on table users is 'Демонстрационная таблица для примера проекта';
comment on column users.username is 'Имя пользователя';
comment on column users.email is 'Адрес электронной почты';
comment on column users.is_active is 'Активна ли учётная запись';
comment on column users.created_at is 'Время создания';
comment on column users.updated_at is 'Время последнего изменения';

create index idx_users_username on users (username);
create index idx_users_email on users (email);

create table posts (
  id serial primary key,
  title varchar(200) not null,
  content text not null,
  user_id integer not null references users (id) on delete cascade,
  is_published boolean default false,
  created_at timestamp default current_timestamp,
  updated_at timestamp default current_timestamp
);

comment on table posts is 'Демонстрационная таблица для примера проекта (внешний ключ на users)';
comment on column posts.title is 'Заголовок';
comment on column posts.content is 'Текст записи';
comment on column posts.user_id is 'Автор; при его удалении удаляются и записи';
comment on column posts.is_published is 'Опубликована ли запись';
comment on column posts.created_at is 'Время создания';
comment on column posts.updated_at is 'Время последнего изменения';

create index idx_posts_user_id on posts (user_id);
create index idx_posts_is_published on posts (is_published);

-- Roles belong to the whole server: this one may be there from another time. Nobody logs in as it.
do $$
begin
  create role pguser nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;

grant select, insert, update, delete on all tables in schema public to pguser;
grant usage on all sequences in schema public to pguser;
