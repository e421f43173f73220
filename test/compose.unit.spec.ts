import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings } from '#running';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly healthcheck: { readonly test?: readonly string[]; readonly disable?: boolean };
}

const file = (name: string) => readFileSync(join(process.cwd(), name), 'utf8');
const compose = parse(file('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === 'sparbar:local');
/** What compose puts in for variables that the environment does not give. */
const settingsOf = ({ environment = {} }: Service) =>
  readSettings(
    Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replace(/\$\{\w+:-([^}]*)\}/g, (_, otherwise: string) => otherwise),
      ]),
    ),
  );

describe('docker-compose.yml', () => {
  it('gives every process an environment that it takes, with all three servers', async () => {
    for (const name of ['api', 'projector', 'snapshots']) {
      const settings = await settingsOf(compose.services[name]!);
      expect(settings.eventStoreUrl).toMatch(/^kurrentdb:\/\/kurrentdb:2113/);
      expect(settings.documentStoreUrl).toContain('replicaSet=rs0');
      expect(settings.jobsUrl).toBe('redis://redis:6379');
    }
    expect((await settingsOf(compose.services['api']!)).jwksFile).toBe('/keys/jwks.json');
  });

  it('runs what the build makes, and loads files that are there', () => {
    for (const [name, { command = [] }] of ours) {
      const words = command.join(' ').split(/\s+/);
      const [, app] = /dist\/apps\/(\w+)\/src\/main\.js/.exec(words.join(' ')) ?? [];
      expect([name, existsSync(join(process.cwd(), 'apps', app!, 'src', 'main.ts'))]).toEqual([name, true]);
      for (const word of words.filter((one) => one.startsWith('data/'))) {
        expect([word, existsSync(join(process.cwd(), word))]).toEqual([word, true]);
      }
    }
  });

  it('waits for what it needs, and knows of each service whether it is well', () => {
    for (const [name, { depends_on: needs = {}, healthcheck }] of services) {
      expect([name, Boolean(healthcheck.test ?? healthcheck.disable)]).toEqual([name, true]);
      for (const [needed, { condition }] of Object.entries(needs)) {
        const there = compose.services[needed]!;
        const well = there.healthcheck.disable ? 'service_completed_successfully' : 'service_healthy';
        expect([name, needed, condition]).toEqual([name, needed, well]);
      }
    }
  });

  it('keeps what the stores hold, pins their versions, and lets nobody in from outside', () => {
    for (const name of ['kurrentdb', 'mongodb', 'redis']) {
      const { image, volumes = [], ...service } = compose.services[name]!;
      expect(image).toMatch(/:\d+/);
      expect(volumes.length).toBeGreaterThan(0);
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
      expect(service).not.toHaveProperty('ports');
    }
    expect(compose.services['redis']!.command!.join(' ')).toMatch(
      /appendonly yes.*appendfsync always.*maxmemory-policy noeviction/,
    );
  });

  it('runs as somebody who is not root, on an image without what only builds', () => {
    const stages = file('Dockerfile').split(/^FROM /m);
    expect(stages).toHaveLength(3);
    expect(stages[2]).toMatch(/^USER node$/m);
    expect(stages[2]).toMatch(/^HEALTHCHECK/m);
    expect(stages[2]).toContain('ln -s /app/dist/apps/cli/src/main.js /usr/local/bin/sparbar');
    expect(stages[1]).toContain('npm prune --omit=dev');
    expect(stages[1]).toContain('rm -r node_modules/typescript');
  });
});
