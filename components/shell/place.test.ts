import { describe, expect, it } from 'vitest';
import { crumbsOf, pathOfRelation, pathOfRoom, placeOf, relationOf, roomOf } from './place';

describe('placeOf', () => {
  it('reads server and database', () => {
    expect(placeOf('/s/demo/blog/query')).toEqual({ server: 'demo', database: 'blog' });
    expect(placeOf('/s/demo')).toEqual({ server: 'demo', database: null });
    expect(placeOf('/history')).toBeNull();
    expect(placeOf('/')).toBeNull();
  });

  it.each(['a/b', '..', '~x', 'naïve ? #1', '100%'])('survives the name %s', (name) => {
    expect(placeOf(pathOfRoom('demo', name, 'query'))).toEqual({ server: 'demo', database: name });
  });

  it('takes a broken escape as it is', () => {
    expect(placeOf('/s/demo/%E0%A4/query')).toEqual({ server: 'demo', database: '%E0%A4' });
  });
});

describe('a page of a server', () => {
  it('is no database, and a database of its name is one', () => {
    expect(placeOf('/s/demo/migrations')).toEqual({ server: 'demo', database: null });
    expect(placeOf(pathOfRoom('demo', 'migrations', ''))).toEqual({ server: 'demo', database: 'migrations' });
    expect(crumbsOf('/s/demo/migrations').map((crumb) => crumb.label)).toEqual(['demo', 'Migrations']);
  });
});

describe('roomOf', () => {
  it('is the segment after the database', () => {
    expect(roomOf('/s/demo/blog/query')).toBe('query');
    expect(roomOf('/s/demo/blog')).toBeNull();
    expect(roomOf('/history/1')).toBeNull();
  });

  it('is the room that holds the segment', () => {
    expect(roomOf('/s/demo/blog/r/public/posts')).toBe('');
    expect(roomOf('/s/demo/blog/objects/functions')).toBe('');
  });
});

describe('relationOf', () => {
  it.each(['posts', 'a/b', '..', '.', '~x', 'a.b "c"', '\n', '🐘'])('reads the name %j back', (name) => {
    const path = pathOfRelation({ server: 'demo', database: 'blog' }, { schema: name, name }, 'structure');
    expect(relationOf(path)).toEqual({ schema: name, name });
  });

  it('is null elsewhere', () => {
    expect(relationOf('/s/demo/blog')).toBeNull();
    expect(relationOf('/s/demo/blog/objects/views')).toBeNull();
    expect(relationOf('/s/demo/blog/r/public')).toBeNull();
  });
});

describe('pathOfRoom', () => {
  it('has no slash at its end', () => {
    expect(pathOfRoom('demo', 'blog', '')).toBe('/s/demo/blog');
    expect(pathOfRoom('demo', 'blog', 'query')).toBe('/s/demo/blog/query');
  });
});

describe('crumbsOf', () => {
  const labels = (path: string) => crumbsOf(path).map((crumb) => crumb.label);

  it('is server / database / thing', () => {
    expect(labels('/s/demo/blog/query')).toEqual(['demo', 'blog', 'SQL']);
    expect(labels('/s/demo/blog/r/public/post%20tags')).toEqual(['demo', 'blog', 'public.post tags']);
  });

  it('names the page of a relation and the kinds of objects', () => {
    expect(labels('/s/demo/blog')).toEqual(['demo', 'blog']);
    expect(labels('/s/demo/blog/r/public/posts/structure')).toEqual([
      'demo',
      'blog',
      'public.posts',
      'Structure',
    ]);
    expect(labels('/s/demo/blog/objects/materialized-views')).toEqual(['demo', 'blog', 'Materialized views']);
  });

  it('names the rooms across all servers', () => {
    expect(labels('/')).toEqual(['Servers']);
    expect(labels('/history')).toEqual(['History']);
    expect(labels('/history/0198-a')).toEqual(['History', '0198-a']);
  });
});
