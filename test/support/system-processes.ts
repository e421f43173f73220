import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import type { Role } from '#kernel';
import { AppProcess } from './app-process.js';
import { requestTo } from './request-to.js';
import type { Answer } from './request-to.js';

/** The servers that the processes share. */
export interface SharedServers {
  readonly eventStoreUrl: string;
  readonly documentStoreUrl: string;
  /** Where it is left out, the jobs are kept in the folder of the processes. */
  readonly jobsUrl?: string;
}

/** How many processes of each kind there are. */
export interface Replicas {
  readonly apis?: number;
  readonly projectors?: number;
  readonly workers?: number;
}

export interface Request {
  readonly role: Role;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Which replica of the API is asked. */
  readonly api?: number;
  /** How long the answer may take. */
  readonly milliseconds?: number;
}

const stopMilliseconds = 12_000;

/** The whole system as processes of their own on servers that they share, asked over sockets. */
export class SystemProcesses {
  #key!: CryptoKey;
  readonly apis: AppProcess[] = [];
  readonly projectors: AppProcess[] = [];
  readonly workers: AppProcess[] = [];

  private constructor(
    readonly folder: string,
    readonly tenant: string,
    readonly servers: SharedServers,
  ) {}

  /** Resolves when every process is ready. Where one does not come about, those that did are ended. */
  static async start(servers: SharedServers, tenant: string, replicas: Replicas = {}): Promise<SystemProcesses> {
    const system = new SystemProcesses(await mkdtemp(join(tmpdir(), 'sparbar-system-')), tenant, servers);
    try {
      await system.#makeKey();
      await system.#startAll(replicas);
    } catch (error) {
      await system.end();
      throw error;
    }
    return system;
  }

  get all(): readonly AppProcess[] {
    return [...this.apis, ...this.projectors, ...this.workers];
  }

  /** Ends every process however it is, and removes what it left. */
  async end(): Promise<void> {
    await Promise.all(this.all.map((each) => each.kill()));
    await rm(this.folder, { recursive: true });
  }

  /** Ends every process in order. @returns the exit code of each */
  async stop(): Promise<(number | null)[]> {
    return Promise.all(this.all.map((each) => each.stop(stopMilliseconds)));
  }

  token(role: Role, subject = `test-${role}`): Promise<string> {
    return new SignJWT({ tenant: this.tenant, role })
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject(subject)
      .setExpirationTime('30m')
      .sign(this.#key);
  }

  /** @throws TypeError where the connection breaks; DOMException `TimeoutError` where no answer comes in time */
  async request(method: 'GET' | 'POST', path: string, request: Request): Promise<Answer> {
    const { api = 0, body, headers, milliseconds, role } = request;
    return requestTo(this.apis[api]!.url, method, path, {
      token: await this.token(role),
      ...(body !== undefined && { body }),
      ...(headers && { headers }),
      ...(milliseconds && { milliseconds }),
    });
  }

  async #makeKey(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    this.#key = privateKey;
    const keys = [{ ...(await exportJWK(publicKey)), alg: 'ES256' }];
    await writeFile(join(this.folder, 'keys.json'), JSON.stringify({ keys }));
  }

  async #startAll({ apis = 1, projectors = 1, workers = 1 }: Replicas): Promise<void> {
    const start = async (into: AppProcess[], app: AppProcess['app'], count: number) => {
      for (let number = 0; number < count; number++) into.push(await AppProcess.start({ app, env: this.#env() }));
    };
    const started = await Promise.allSettled([
      start(this.apis, 'api', apis),
      start(this.projectors, 'projector', projectors),
      start(this.workers, 'snapshots', workers),
    ]);
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    await Promise.all(this.all.map((each) => each.ready()));
  }

  #env(): Record<string, string> {
    const { documentStoreUrl, eventStoreUrl, jobsUrl } = this.servers;
    return {
      SPARBAR_DATA: this.folder,
      SPARBAR_TENANT: this.tenant,
      SPARBAR_JWKS_FILE: join(this.folder, 'keys.json'),
      EVENT_STORE_URL: eventStoreUrl,
      DOCUMENT_STORE_URL: documentStoreUrl,
      ...(jobsUrl && { JOBS_URL: jobsUrl }),
    };
  }
}
