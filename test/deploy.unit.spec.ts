import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { readSettings } from '#running';

const file = (name: string) => readFileSync(join(process.cwd(), 'docs/deploy', name), 'utf8');
const isProcess = (name: string) => existsSync(join(process.cwd(), 'apps', name, 'src/main.ts'));

describe('The unit of systemd', () => {
  const lines = file('sparbar@.service').split('\n');
  const valueOf = (name: string) => lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);

  it('runs the processes that there are, and names all of them', () => {
    expect(valueOf('ExecStart')).toMatch(/\/sparbar\/dist\/apps\/%i\/src\/main\.js$/);
    const named = [
      ...lines
        .filter((line) => line.startsWith('#'))
        .join(' ')
        .matchAll(/`(\w+)`/g),
    ].map(([, name]) => name!);
    expect(named).toEqual(['standalone', 'api', 'projector', 'snapshots']);
    expect(named.filter((name) => !isProcess(name))).toEqual([]);
  });

  it('gives them an environment that they take, in a folder of their own', async () => {
    const given = valueOf('Environment')!
      .split(' ')
      .map((one) => one.split('=') as [string, string]);
    const settings = await readSettings(Object.fromEntries(given));
    expect(settings).toMatchObject({ data: `/var/lib/${valueOf('StateDirectory')}`, plans: [] });
  });

  it('starts again after a failure, but not with settings that are wrong', () => {
    expect([valueOf('Restart'), valueOf('RestartPreventExitStatus')]).toEqual(['on-failure', '78']);
  });
});

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data: Record<string, string>;
  readonly spec: {
    readonly selector: { readonly app: string };
    readonly template: { readonly spec: { readonly containers: readonly Container[] } };
  };
}

interface Container {
  readonly command: readonly string[];
  readonly readinessProbe: { readonly httpGet: { readonly path: string; readonly port: number } };
  readonly envFrom: readonly { readonly configMapRef?: { readonly name: string } }[];
}

describe('The example for Kubernetes', () => {
  const resources = parseAllDocuments(file('kubernetes.yaml')).map((each) => each.toJS() as Resource);
  const deployed = resources.filter(({ kind }) => kind === 'Deployment');
  const config = resources.find(({ kind }) => kind === 'ConfigMap')!;

  it('runs the three processes, each with its settings, and asks whether it is ready', () => {
    const containers = deployed.map(({ spec }) => spec.template.spec.containers[0]!);
    const run = containers.map(({ command }) => /^dist\/apps\/(\w+)\/src\/main\.js$/.exec(command[1]!)?.[1]);
    expect(run).toEqual(['api', 'projector', 'snapshots']);
    expect(run.filter((name) => !isProcess(name!))).toEqual([]);
    for (const { envFrom, readinessProbe } of containers) {
      expect(envFrom[0]?.configMapRef?.name).toBe(config.metadata.name);
      expect(readinessProbe.httpGet).toEqual({ path: '/health/ready', port: Number(config.data['PORT']) });
    }
  });

  it('gives them settings that they take, and leads to the API', async () => {
    const urls = {
      EVENT_STORE_URL: 'kurrentdb://kurrentdb:2113?tls=true',
      DOCUMENT_STORE_URL: 'mongodb://mongodb/sparbar?replicaSet=rs0',
      JOBS_URL: 'redis://redis:6379',
    };
    const settings = await readSettings({ ...config.data, ...urls });
    expect(settings).toMatchObject({ host: '0.0.0.0', port: 3000, issuer: 'https://login.example.org' });
    expect(resources.find(({ kind }) => kind === 'Service')!.spec.selector.app).toBe('sparbar-api');
  });
});
