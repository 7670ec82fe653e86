/** A connection as somebody wrote it down. What the text does not say is empty. */
export type Connection = {
  host: string;
  port: string;
  database: string;
  user: string;
  password: string;
  sslmode: string;
};

export type ConnectionText = {
  /** In the order of the text, each once. */
  connections: Connection[];
  /** Names of parameters that belong to a connection and are not taken: they could name files, programs or other hosts. */
  ignored: string[];
};

const nothing: Connection = { host: '', port: '', database: '', user: '', password: '', sslmode: '' };

/** What a parameter is called without its prefix: in an environment, in Django's settings, in libpq's own words. */
const fields: Record<string, keyof Connection> = {
  HOST: 'host',
  HOSTNAME: 'host',
  PORT: 'port',
  NAME: 'database',
  DB: 'database',
  DBNAME: 'database',
  DATABASE: 'database',
  USER: 'user',
  USERNAME: 'user',
  PASSWORD: 'password',
  PASS: 'password',
  SSLMODE: 'sslmode',
};

const prefix = /^(?:DATABASE|DB|POSTGRES(?:QL)?|PG)_?(?=[A-Z])/;
const address = /postgres(?:ql)?(?:\+\w+)?:\/\/[^\s'"`<>]+/g;

/**
 * Reads the connections out of a pasted text: URLs wherever they stand (`DATABASE_URL=…`, `sqlalchemy.url = …`), blocks of
 * an environment (`DB_HOST=…`, `PGHOST=…`, `POSTGRES_DB=…`), Django's `DATABASES`, and libpq's `host=… dbname=…`. A name
 * that comes again begins another connection. Never throws.
 */
export function readConnections(text: string): ConnectionText {
  const found: Connection[] = [];
  const ignored: string[] = [];
  let block: Partial<Connection> = {};
  const close = () => {
    if (block.host !== undefined || block.database !== undefined) found.push({ ...nothing, ...block });
    block = {};
  };
  for (const line of text.split(/\r?\n/)) {
    const urls = isComment(line) ? [] : [...line.matchAll(address)];
    for (const [url] of urls) found.push(...readUrl(url, ignored));
    if (urls.length > 0) continue;
    for (const [name, value] of readPairs(line)) {
      const bare = name.toUpperCase().replace(prefix, '');
      const field = Object.hasOwn(fields, bare) ? fields[bare] : undefined;
      if (field === undefined) {
        if (prefix.test(name.toUpperCase()) || isParameter(name)) ignored.push(name);
        continue;
      }
      if (block[field] !== undefined) close();
      block[field] = value;
    }
  }
  close();
  return { connections: withoutDoubles(found), ignored: [...new Set(ignored)] };
}

/** libpq's parameters that could lead elsewhere, as they stand in a line of `name=value`. */
function isParameter(name: string): boolean {
  return /^(hostaddr|options|service|passfile|ssl\w+|target_session_attrs|gss\w+|krb\w+|require_auth)$/i.test(
    name,
  );
}

function isComment(line: string): boolean {
  return /^\s*(#|\/\/|--|;)/.test(line);
}

/** `NAME=value`, `'NAME': value,`, or several `name=value` in a line. */
function readPairs(line: string): [string, string][] {
  if (isComment(line)) return [];
  if (/^\s*\w+=(?:'[^']*'|\S+)(?:\s+\w+=(?:'[^']*'|\S+))+\s*$/.test(line)) {
    return [...line.matchAll(/(\w+)=(?:'([^']*)'|(\S+))/g)].map(([, name = '', quoted, plain]) => [
      name,
      quoted ?? plain ?? '',
    ]);
  }
  const pair = /^\s*(?:export\s+|set\s+)?['"]?([A-Za-z_]\w*)['"]?\s*[=:]\s*(.*?)\s*$/.exec(line);
  const [, name, value] = pair ?? [];
  return name === undefined || value === undefined || value.startsWith('{') ? [] : [[name, readValue(value)]];
}

/** A value without its quotes; of a call that reads the environment, what it answers by default. */
function readValue(text: string): string {
  const call =
    /^[\w.]+\(\s*['"][^'"]*['"]\s*(?:,\s*(?:default\s*=\s*)?(?:'([^']*)'|"([^"]*)"|(\w+))\s*)?(?:,.*)?\)/.exec(
      text,
    );
  if (call !== null) return call[1] ?? call[2] ?? call[3] ?? '';
  const quoted = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)")/.exec(text);
  if (quoted !== null) return quoted[1] ?? (quoted[2] ?? '').replace(/\\(.)/g, '$1');
  return text.replace(/\s+#.*$/, '').replace(/,$/, '');
}

function readUrl(text: string, ignored: string[]): Connection[] {
  const plain = text.replace(/^postgres(?:ql)?(?:\+\w+)?:/, 'postgres:').replace(/[,;)]+$/, '');
  if (!URL.canParse(plain)) return [];
  const { hostname, port, username, password, pathname, searchParams } = new URL(plain);
  ignored.push(...[...searchParams.keys()].filter((name) => name !== 'sslmode'));
  return [
    {
      host: hostname.replace(/^\[|\]$/g, ''),
      port,
      database: decode(pathname.slice(1)),
      user: decode(username),
      password: decode(password),
      sslmode: searchParams.get('sslmode') ?? '',
    },
  ];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutDoubles(found: Connection[]): Connection[] {
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

/** A connection as the one URL that the API takes. */
export function connectionUrl({ host, port, database, user, password, sslmode }: Connection): string {
  const name = host.includes(':') ? `[${host}]` : host;
  const login = user === '' ? '' : `${encode(user)}:${encode(password)}@`;
  const mode = sslmode === '' ? '' : `?sslmode=${encode(sslmode)}`;
  return `postgres://${login}${name}${port === '' ? '' : `:${port}`}/${encode(database)}${mode}`;
}

/** Without quotes either, between which URLs stand in configurations. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("'", '%27');
}
