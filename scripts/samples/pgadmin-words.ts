/** The words that the example project's posts are made of. */

export const subjects = [
  ...['миграции Alembic', 'индексы PostgreSQL', 'резервное копирование', 'пул соединений', 'план запроса'],
  ...['внешние ключи', 'секционирование таблиц', 'VACUUM', 'read replicas', 'row-level security', 'FastAPI'],
  ...['SQLAlchemy 2.0', 'covering indexes', 'Docker Compose', 'pg_stat_statements', 'JSONB', 'CTE'],
] as const;

/** `%s` is the place of a subject. */
export const titles = [
  ...['Как устроены %s', 'Заметки: %s', '%s на практике', 'Почему важны %s', 'Десять вопросов: %s'],
  ...['Notes on %s', 'Getting started: %s', '%s, a year later', '%s in production', 'What we learned: %s'],
] as const;

export const sentences = [
  'Сначала измерьте, потом оптимизируйте.',
  'Мы проверили это на копии рабочей базы.',
  'Откат миграции занял меньше минуты.',
  'Если запрос медленный, посмотрите его план.',
  'Не забудьте сделать резервную копию — и восстановить её.',
  'Подробности есть в документации.',
  'После перезапуска всё заработало; причину мы нашли позже.',
  'На стенде ошибка не повторяется.',
  'The default settings were fine for a long time.',
  'Two of the five indexes were never used.',
  'A restore that nobody has tried is only a hope.',
  'It took three attempts and one long weekend.',
  'Measure first; the bottleneck was somewhere else.',
  'The downgrade drops the table, so read it twice.',
  'Thanks to everybody who reviewed this.',
] as const;
