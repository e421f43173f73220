import { describe, expect, it } from '@jest/globals';
import { inLanguage } from '#kernel';
import { SettingsFaults } from './settings-faults.js';
import { readSettings } from './settings.js';

const faultsOf = async (env: NodeJS.ProcessEnv): Promise<readonly string[]> => {
  try {
    await readSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsFaults)) throw error;
    return error.faults;
  }
};

describe('The environment', () => {
  it('may be empty: everything has a default but the keys that sign tokens', async () => {
    expect(await readSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      tenant: 'uppsala',
      eventStoreUrl: 'sqlite:var/events.db',
      documentStoreUrl: 'sqlite:var/documents.db',
      plans: undefined,
    });
    expect(await readSettings({})).not.toHaveProperty('jwksUrl');
  });

  it('is as if it were not set where it is set to nothing', async () => {
    const names = ['HOST', 'PORT', 'SPARBAR_DATA', 'SPARBAR_TENANT', 'SPARBAR_LOG_LEVEL', 'SPARBAR_JWKS_URL'];
    const stores = ['EVENT_STORE_URL', 'DOCUMENT_STORE_URL', 'JOBS_URL', 'SPARBAR_REMINDER_URL'];
    const empty = Object.fromEntries([...names, ...stores].map((name) => [name, '']));
    expect(await readSettings(empty)).toEqual(await readSettings({}));
  });

  it.each([' ', '3000 ', '0x10', '1e3', '-1', '65536', '3.5'])('takes no port from %p', async (PORT) => {
    expect(await faultsOf({ PORT })).toEqual([expect.stringMatching(/^PORT must be/)]);
  });

  it('moves the stores with the folder, and loads nothing where the plans are empty', async () => {
    const settings = await readSettings({ SPARBAR_DATA: '/srv/sparbar', SPARBAR_PLANS: '' });
    expect(settings).toMatchObject({ eventStoreUrl: 'sqlite:/srv/sparbar/events.db', plans: [] });
    expect((await readSettings({ SPARBAR_PLANS: 'a.yaml, b.yaml' })).plans).toEqual(['a.yaml', 'b.yaml']);
  });

  it('takes keys from a URL that can be fetched as it is, and repeats no password', async () => {
    const { jwksUrl } = await readSettings({ SPARBAR_JWKS_URL: 'https://idp.example.org/keys' });
    expect(jwksUrl).toEqual(new URL('https://idp.example.org/keys'));
    for (const url of [
      'file:///keys.json',
      'ftp://idp.example.org/keys',
      'https://user:hemligt@idp.example.org/keys',
    ]) {
      const faults = await faultsOf({ SPARBAR_JWKS_URL: url });
      expect(faults).toEqual([expect.stringContaining('SPARBAR_JWKS_URL')]);
      expect(faults.join()).not.toContain('hemligt');
    }
  });

  it('believes proxies by their addresses and networks, and nobody where none is named', async () => {
    expect(await readSettings({})).toMatchObject({ proxies: [] });
    const proxies = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::1'];
    expect(await readSettings({ SPARBAR_TRUSTED_PROXIES: proxies.join(', ') })).toMatchObject({ proxies });
    for (const none of ['*', 'true', 'proxy.example.org', '10.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '::/0', '1']) {
      expect(await faultsOf({ SPARBAR_TRUSTED_PROXIES: none })).toEqual([expect.stringContaining(`${none} is none`)]);
    }
  });

  it('is refused with every fault at once, each by the name of its variable', async () => {
    const faults = await faultsOf({
      PORT: 'x',
      SPARBAR_TENANT: 'Uppsala!',
      SPARBAR_LOG_LEVEL: 'loud',
      SPARBAR_JWKS_URL: 'not a url',
      SPARBAR_JWKS_FILE: 'keys.json',
      EVENT_STORE_URL: 'postgres://localhost',
      DOCUMENT_STORE_URL: 'sqlite:',
    });
    for (const name of [
      'PORT',
      'SPARBAR_TENANT',
      'SPARBAR_LOG_LEVEL',
      'SPARBAR_JWKS_URL',
      'SPARBAR_JWKS_FILE',
      'EVENT_STORE_URL',
      'DOCUMENT_STORE_URL',
    ]) {
      expect(faults.join('\n')).toContain(name);
    }
  });

  it('is told what is wrong with it in Swedish too', async () => {
    const { said } = (await readSettings({ PORT: 'x', JOBS_URL: 'amqp://one' }).catch(
      (error: unknown) => error,
    )) as SettingsFaults;
    expect(inLanguage('sv', said)).toBe(
      'PORT ska vara ett heltal från 0 till 65535\nJOBS_URL ska vara redis:// och en värd, eller inte vara satt',
    );
  });

  it.each(['tls=tru', 'tlsCaFile=/nowhere.pem', 'unheard=of', 'nodePreference=follower'])(
    'names EVENT_STORE_URL among the faults where it says %s, and tells nothing of its password',
    async (option) => {
      const faults = await faultsOf({ PORT: 'x', EVENT_STORE_URL: `kurrentdb://sparbar:hemligt@one:2113?${option}` });
      expect(faults).toEqual([
        expect.stringContaining('PORT'),
        expect.stringMatching(/^EVENT_STORE_URL (must|names|has)/),
      ]);
      expect(faults.join()).not.toContain('hemligt');
    },
  );
});
