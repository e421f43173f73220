import { describe, expect, it } from '@jest/globals';
import { inLanguage, languages } from '#kernel';
import { databaseOf, faultOfMongoUrl } from './mongo-url.js';

describe('The URL of a MongoDB', () => {
  it.each([
    ['mongodb://localhost', 'sparbar'],
    ['mongodb://localhost/', 'sparbar'],
    ['mongodb://localhost?replicaSet=rs', 'sparbar'],
    ['mongodb://localhost/?replicaSet=rs', 'sparbar'],
    ['mongodb://localhost:27017/follow-up', 'follow-up'],
    ['mongodb://user:p%2Fw@one:1,two:2/follow-up?replicaSet=rs', 'follow-up'],
    ['mongodb+srv://user@cluster.example.se/uppf%C3%B6ljning', 'uppföljning'],
  ])('%s names the database %s', (url, database) => {
    expect(databaseOf(url)).toBe(database);
    expect(faultOfMongoUrl(url)).toBeUndefined();
  });

  it.each([
    ['http://localhost', /must begin with/],
    ['mongodb://', /no connection string/],
    ['mongodb://user:secret@word@host:1', /no connection string/],
    ['mongodb://user:secret@host/?readPreference=nowhere', /no connection string/],
    ['mongodb://user:secret@host/?nonsense=1', /no connection string/],
    ['mongodb://user:secret@host:99999', /no connection string/],
    ['mongodb://user:sec%secret@host', /no connection string/],
    ['mongodb://user:secret@host/?tls=tru', /no connection string/],
    ['mongodb://user:secret@host/?tls=true&tlsCAFile=/nowhere/secret.pem', /in tlsCAFile that is missing/],
    ['mongodb://user:secret@host/a%20b', /a database/],
    ['mongodb://user:secret@host/a?w=1', /leave out w/],
    ['mongodb://user:secret@host/a?replicaSet=rs&readPreference=secondary', /leave out/],
  ])('%s is refused, and its password not told', (url, fault) => {
    const said = faultOfMongoUrl(url)!;
    for (const language of languages) expect(inLanguage(language, said)).not.toContain('secret');
    expect(inLanguage('en', said)).toMatch(fault);
  });
});
