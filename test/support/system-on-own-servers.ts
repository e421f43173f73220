import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKurrentEventStore } from '#event-store/kurrentdb';
import { startOfLog } from '#kernel';
import type { StoredEvent } from '#kernel';
import { eventually } from '#kernel/testing';
import type { ProjectionStatus, Verification } from '#projecting';
import { OwnServer } from './own-server.js';
import { SystemProcesses } from './system-processes.js';
import type { Replicas } from './system-processes.js';

export const tenant = 'uppsala';

/** The whole system as processes, on servers that a test may end, freeze and start again. */
export class SystemOnOwnServers {
  private constructor(
    private readonly folder: string,
    /** The double of KurrentDB. */
    readonly eventStore: OwnServer,
    /** The server that speaks MongoDB's wire protocol. */
    readonly documentStore: OwnServer,
    readonly redis: OwnServer,
    readonly processes: SystemProcesses,
  ) {}

  static async start(replicas: Replicas = {}): Promise<SystemOnOwnServers> {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-servers-'));
    const servers: OwnServer[] = [];
    try {
      const eventStore = await OwnServer.eventStore(folder);
      servers.push(eventStore);
      const documentStore = await OwnServer.documentStore(folder);
      servers.push(documentStore);
      const redis = await OwnServer.redis(folder);
      servers.push(redis);
      const urls = { eventStoreUrl: eventStore.url, documentStoreUrl: documentStore.url, jobsUrl: redis.url };
      const processes = await SystemProcesses.start(urls, tenant, replicas);
      return new SystemOnOwnServers(folder, eventStore, documentStore, redis, processes);
    } catch (error) {
      await Promise.all(servers.map((server) => server.kill()));
      await rm(folder, { recursive: true });
      throw error;
    }
  }

  /** Ends everything, however it is. */
  async end(): Promise<void> {
    await this.processes.end();
    await Promise.all([this.eventStore, this.documentStore, this.redis].map((server) => server.kill()));
    await rm(this.folder, { recursive: true });
  }

  async load(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const body = await readFile(join(process.cwd(), 'data', name), 'utf8');
      const headers = { 'content-type': 'application/yaml' };
      const { body: answer, status } = await this.processes.request('POST', '/v1/imports', {
        role: 'controller',
        body,
        headers,
      });
      if (status !== 200) throw new Error(`${name} was not loaded: ${status} ${JSON.stringify(answer)}`);
    }
  }

  /** @returns the position of the event */
  async registerBody(name: string): Promise<string> {
    const body = { name, kind: 'board' };
    const answer = await this.processes.request('POST', '/v1/bodies', { role: 'controller', body });
    if (answer.status !== 201) throw new Error(`${name} was not registered: ${JSON.stringify(answer.body)}`);
    return (answer.body as { position: string }).position;
  }

  async status(): Promise<ProjectionStatus[]> {
    const { body } = await this.processes.request('GET', '/v1/projections', { role: 'administrator' });
    return body.items as ProjectionStatus[];
  }

  /** Resolves when every projection holds every event, and none is being made anew. */
  async caughtUp(milliseconds?: number): Promise<void> {
    const settled = ({ rebuilding, requested, state }: ProjectionStatus) =>
      state === 'current' && !rebuilding && !requested;
    await eventually(
      'A system that has caught up',
      () => this.status(),
      (statuses) => statuses.every(settled),
      milliseconds,
    );
  }

  /** How many documents of each projection are not what a replay of the log says. */
  async differing(): Promise<Record<string, number>> {
    const differing: Record<string, number> = {};
    for (const { name } of await this.status()) {
      const path = `/v1/projections/${name}/verify`;
      const { body } = await this.processes.request('POST', path, { role: 'administrator' });
      differing[name] = (body as Verification).differing;
    }
    return differing;
  }

  /** Every event of the log. */
  async events(): Promise<StoredEvent[]> {
    const store = openKurrentEventStore(this.eventStore.url);
    try {
      const events: StoredEvent[] = [];
      for (let after = startOfLog; ; after = events.at(-1)!.position) {
        const page = await store.readAll({ after, limit: 1_000 });
        if (page.length === 0) return events;
        events.push(...page);
      }
    } finally {
      await store.close();
    }
  }
}
