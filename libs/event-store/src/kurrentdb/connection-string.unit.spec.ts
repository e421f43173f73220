import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inLanguage, languages } from '#kernel';
import { tracesOfSecret } from '../../../../test/support/secret.mjs';
import { addressIn, faultOfKurrentUrl } from './connection-string.js';

const password = tracesOfSecret[0]!;

const faultIn = (url: string): string | undefined => {
  const said = faultOfKurrentUrl(url);
  return said && inLanguage('en', said);
};

describe('A connection string', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-url-'));
    await writeFile(join(folder, 'empty.pem'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('names hosts, a user and options, in parts', () => {
    expect(addressIn('kurrentdb://one:2114,two.example,10.0.0.3:2115/?tls=false&keep-alive-interval=20000')).toEqual({
      hosts: [
        { host: 'one', port: 2114 },
        { host: 'two.example', port: 2113 },
        { host: '10.0.0.3', port: 2115 },
      ],
      cluster: true,
      tls: false,
      credentials: undefined,
      gossipMilliseconds: 2_000,
      clientOptions: 'tls=false&keepAliveInterval=20000',
      warnings: [],
    });
    expect(addressIn('kurrentdb+discover://cluster.example')).toMatchObject({ cluster: true, tls: true });
    expect(addressIn('esdb://one?nodePreference=Leader&gossipTimeout=1')).toMatchObject({
      cluster: false,
      gossipMilliseconds: 1_000,
      clientOptions: '',
    });
  });

  it('takes any character in a password, encoded, and keeps it from what the client is given', () => {
    const any = ':@/?#%& åäö"\\+=';
    const address = addressIn(`kurrentdb://sp%C3%A5rbar:${encodeURIComponent(any)}@one:2113?tls=true`);
    expect(address.credentials).toEqual({ username: 'spårbar', password: any });
    expect(address.clientOptions).toBe('tls=true');
    expect(addressIn('kurrentdb://one:a:b@c@one').credentials).toEqual({ username: 'one', password: 'a:b@c' });
  });

  const user = `sparbar:${password}`;
  const faults: Record<string, [string, RegExp]> = {
    'another scheme': [`postgres://${user}@one`, /must begin with/],
    'no host': [`kurrentdb://${user}@`, /must name hosts/],
    'an IPv6 address': [`kurrentdb://${user}@[::1]:2113`, /IPv6/],
    'a port out of range': [`kurrentdb://${user}@one:99999`, /ports from 1 to 65535/],
    'a port that is none': [`kurrentdb://${user}@one:x`, /must name hosts/],
    'a path': [`kurrentdb://${user}@one/folder`, /must end after its hosts/],
    'a raw %': [`kurrentdb://${user}%@one`, /written as %25/],
    'a raw /': [`kurrentdb://${user}/x@one`, /%2F/],
    'a raw #': [`kurrentdb://${user}#x@one`, /%23/],
    'a raw ?': [`kurrentdb://${user}?x@one?tls=false`, /%3F/],
    'a user without a password': ['kurrentdb://sparbar@one', /both a user and a password/],
    'a password without a user': [`kurrentdb://:${password}@one`, /both a user and a password/],
    'a user with a colon': [`kurrentdb://a%3Ab:${password}@one`, /colon/],
    'an option that is no truth value': [`kurrentdb://${user}@one?tls=tru`, /tls as true or false/],
    'an option that is no number': [`kurrentdb://${user}@one?keepAliveTimeout=soon`, /whole number/],
    'an option that is not known': [`kurrentdb://${user}@one?tsl=false`, /the option tsl, which is not known/],
    'an option without a value': [`kurrentdb://${user}@one?tls`, /name=value/],
    'an option twice': [`kurrentdb://${user}@one?tls=true&TLS=false`, /tls twice/],
    'a missing CA file': [`kurrentdb://${user}@one?tlsCaFile=/nowhere/ca.pem`, /ENOENT.*nowhere/],
    'one half of a client certificate': [`kurrentdb://${user}@one?userKeyFile=package.json`, /together/],
    'an authority without TLS': [`kurrentdb://${user}@one?tls=false&userKeyFile=package.json`, /tls=false/],
    'reads from nodes that lag': [`kurrentdb://${user}@one?nodePreference=follower`, /leader/],
    'reads from any node': [`kurrentdb://${user}@one?node-preference=random`, /leader/],
    'reads from a replica': [`kurrentdb://${user}@one?nodePreference=readOnlyReplica`, /leader/],
    'conflicts hidden': [`kurrentdb://${user}@one?throwOnAppendFailure=false`, /hides conflicts/],
  };

  it.each(Object.keys(faults))('is refused with %s, in words that repeat nothing of it', (kind) => {
    const [url, words] = faults[kind]!;
    expect(faultIn(url)).toMatch(words);
    const said = faultOfKurrentUrl(url)!;
    expect(languages.map((language) => inLanguage(language, said).includes(password))).toEqual([false, false]);
  });

  it('is refused where the CA file holds no certificate', () => {
    expect(faultIn(`kurrentdb://one?tlsCaFile=${join(folder, 'empty.pem')}`)).toMatch(/holds no certificate/);
  });

  it('warns of what is no fault and yet not safe', () => {
    expect(addressIn('kurrentdb://one?tlsVerifyCert=false').warnings).toContainEqual(
      expect.stringContaining('tlsVerifyCert'),
    );
    expect(addressIn(`kurrentdb://${user}@one?tls=false`).warnings).toContainEqual(expect.stringContaining('not sent'));
  });
});
