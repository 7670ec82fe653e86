import { describe, expect, test } from 'vitest';
import { connectionUrl, readConnections } from './connection-text';

const local = { host: 'localhost', port: '5432', sslmode: '' };

describe('reads what teams keep in their documents', () => {
  test('an environment block', () => {
    const text = `# Database Configuration
DB_NAME=backend_db
DB_USER=postgres
DB_PASSWORD=your_secure_password
DB_HOST=localhost
DB_PORT=5432`;
    expect(readConnections(text)).toEqual({
      connections: [{ ...local, database: 'backend_db', user: 'postgres', password: 'your_secure_password' }],
      ignored: [],
    });
  });

  test('two addresses in one block, each a connection', () => {
    const text = `# Development
DATABASE_URL=postgresql://pguser:pgpass@localhost:5432/pgadmin

# Docker Compose
DATABASE_URL=postgresql://pguser:pgpass@db:5432/pgadmin`;
    const one = { ...local, database: 'pgadmin', user: 'pguser', password: 'pgpass' };
    expect(readConnections(text).connections).toEqual([one, { ...one, host: 'db' }]);
  });

  test('the configuration of Alembic, and a driver in the scheme', () => {
    expect(
      readConnections('sqlalchemy.url = postgresql+psycopg2://pguser:pgpass@db:5432/pgadmin').connections,
    ).toEqual([{ ...local, host: 'db', database: 'pgadmin', user: 'pguser', password: 'pgpass' }]);
  });

  test("Django's settings, plain and from the environment", () => {
    const plain = `DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'practice_portal',
        'USER': 'postgres',
        'PASSWORD': 'secure_password',
        'HOST': 'localhost',
        'PORT': '5432',
        'OPTIONS': {
            'connect_timeout': 10,
        },
        'CONN_MAX_AGE': 600,
    }
}`;
    expect(readConnections(plain)).toEqual({
      connections: [{ ...local, database: 'practice_portal', user: 'postgres', password: 'secure_password' }],
      ignored: [],
    });
    const called = `'NAME': config('DB_NAME', default='backend_db'),
        'USER': config('DB_USER', default='postgres'),
        'PASSWORD': os.environ.get("DB_PASSWORD"),
        'HOST': config('DB_HOST', default='localhost'),
        'PORT': config('DB_PORT', default=5432, cast=int),`;
    expect(readConnections(called).connections).toEqual([
      { ...local, database: 'backend_db', user: 'postgres', password: '' },
    ]);
  });

  test("PostgreSQL's own variables, those of its image, and a line of libpq", () => {
    const one = { ...nothing, host: 'h', database: 'd', user: 'u', password: 'p' };
    expect(
      readConnections('export PGHOST=h\nexport PGDATABASE="d"\nPGUSER=u\nPGPASSWORD=\'p\'').connections,
    ).toEqual([one]);
    expect(
      readConnections('POSTGRES_HOST: h\nPOSTGRES_DB: d\nPOSTGRES_USER: u\nPOSTGRES_PASSWORD: p').connections,
    ).toEqual([one]);
    expect(
      readConnections("host=h dbname=d user=u password='p' sslmode=verify-full options=-csearch_path=x"),
    ).toEqual({ connections: [{ ...one, sslmode: 'verify-full' }], ignored: ['options'] });
  });
});

const nothing = { host: '', port: '', database: '', user: '', password: '', sslmode: '' };

test('a block that begins again is another connection, and one that comes twice is one', () => {
  const block = 'DB_HOST=a\nDB_NAME=x\n';
  const other = 'DB_HOST=b\nDB_NAME=x\n';
  expect(readConnections(block + other + block).connections.map(({ host }) => host)).toEqual(['a', 'b']);
});

test.each([
  ['postgres://u@h/d?options=-c%20a%3Db&sslmode=require', ['options']],
  [
    'postgres://u@h/d?service=prod&passfile=/etc/passwd&sslkey=/etc/shadow',
    ['service', 'passfile', 'sslkey'],
  ],
  ['DB_HOST=h\nPGSSLKEY=/etc/shadow\nPGPASSFILE=/etc/passwd', ['PGSSLKEY', 'PGPASSFILE']],
  ['host=h hostaddr=169.254.169.254 dbname=d', ['hostaddr']],
])('S45: of %j only the allowed is taken, and the rest is named', (text, ignored) => {
  const { connections, ...rest } = readConnections(text);
  expect(rest.ignored).toEqual(ignored);
  expect(connections).toHaveLength(1);
  expect(JSON.stringify(connections)).not.toMatch(/etc|169|prod|-c/);
});

test('nothing is made of other text', () => {
  for (const text of [
    '',
    'hello',
    '# DB_HOST=x',
    'DEBUG=True',
    'postgres://',
    'mysql://h/d',
    '__proto__=x',
  ]) {
    expect(readConnections(text).connections, text).toEqual([]);
  }
});

test.each(["p@ss'w/ord?#%", 'ü🐘', ' '])('a URL holds the password %j and gives it back', (password) => {
  const one = { ...nothing, host: 'h', port: '1', database: 'my db/x', user: 'a:b', password };
  expect(readConnections(connectionUrl(one)).connections).toEqual([one]);
  expect(connectionUrl({ ...one, host: '::1' })).toContain('@[::1]:1/');
});
