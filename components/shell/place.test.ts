import { describe, expect, it } from 'vitest';
import { crumbsOf, pathOfRoom, placeOf, roomOf } from './place';

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

describe('roomOf', () => {
  it('is the segment after the database', () => {
    expect(roomOf('/s/demo/blog/query')).toBe('query');
    expect(roomOf('/s/demo/blog')).toBeNull();
    expect(roomOf('/history/1')).toBeNull();
  });
});

describe('crumbsOf', () => {
  const labels = (path: string) => crumbsOf(path).map((crumb) => crumb.label);

  it('is server / database / thing', () => {
    expect(labels('/s/demo/blog/query')).toEqual(['demo', 'blog', 'SQL']);
    expect(labels('/s/demo/blog/r/public/post%20tags')).toEqual(['demo', 'blog', 'public.post tags']);
  });

  it('names the rooms across all servers', () => {
    expect(labels('/')).toEqual(['Servers']);
    expect(labels('/history')).toEqual(['History']);
    expect(labels('/history/0198-a')).toEqual(['History', '0198-a']);
  });
});
