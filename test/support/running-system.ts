import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import { TokenVerifier } from '#http-api';
import type { ConnectionTimes, Rates, Turns } from '#http-api';
import { PlanLoader } from '#importing';
import type { LoadReport } from '#importing';
import type { Jobs } from '#jobs';
import type { Clock, Role } from '#kernel';
import type { WebhookReceiver } from '#notifying';
import { JOBS } from '#operations';
import { ProjectionEngine } from '#projecting';
import {
  CoreModule,
  createApp,
  EngineModule,
  FeaturesModule,
  JobsModule,
  readSettings,
  serveApi,
  STORES,
  StoresModule,
  SupervisionModule,
  TokensModule,
  Work,
  WorkModule,
} from '#running';
import type { WorkPace } from '#running';
import type { Stores } from '#running/adapters';
import { DescribedAnswers } from './described-answers.js';
import type { DescribedApi } from './described-answers.js';
import { requestTo } from './request-to.js';
import type { Answer } from './request-to.js';

export const tenant = 'uppsala';
export const plans = [
  'uppsala-organisation.yaml',
  'uppsala-fokusmal-4.yaml',
  'amn-verksamhetsplan-2025.yaml',
  'amn-scenario-2025.yaml',
];

export type { Answer };

/** Where the system keeps things; what is left out is embedded, in the system's own folder. */
export interface Places {
  readonly eventStoreUrl?: string;
  readonly documentStoreUrl?: string;
  readonly jobsUrl?: string;
  readonly clock?: Clock;
  /** Where every line of the log goes; nowhere where it is left out. */
  readonly log?: DestinationStream;
  /** Who is told of reminders. */
  readonly reminders?: WebhookReceiver;
  /** How often what is undone is tried again. Left out, what is due is looked for once at the start, and when a test asks for it. */
  readonly pace?: WorkPace;
  /** Where the keys of tokens are published; the system's own key where it is left out. */
  readonly jwksUrl?: URL;
  /** The origins whose pages may ask. */
  readonly origins?: readonly string[];
  /** How many requests are taken in a second; any number where it is left out. */
  readonly rates?: Partial<Rates>;
  /** How many requests of one tenant are taken at once; as is usual where it is left out. */
  readonly turns?: Turns;
  /** The proxies that are believed. */
  readonly proxies?: readonly string[];
  /** How long requests may take to arrive. */
  readonly times?: ConnectionTimes;
}

/** What systems of this process say of their answers, by the limits of callers: it takes longer to make than to start one. */
const described = new Map<string, DescribedAnswers>();

async function describedBy(url: string, limits: string): Promise<DescribedAnswers> {
  const known = described.get(limits);
  if (known) return known;
  const { body: document } = await requestTo(url, 'GET', '/v1/openapi.json');
  const answers = new DescribedAnswers(document as DescribedApi);
  described.set(limits, answers);
  return answers;
}

const onceAtTheStart: WorkPace = { lookEveryMilliseconds: 3_600_000 };

/** The whole system in this process, on embedded stores in a temporary folder unless told otherwise, asked over a socket. */
export class RunningSystem {
  #key!: CryptoKey;
  #described!: DescribedAnswers;

  private constructor(
    readonly folder: string,
    readonly app: NestFastifyApplication,
    readonly stores = app.get<Stores>(STORES),
    readonly jobs = app.get<Jobs>(JOBS),
    readonly engine = app.get(ProjectionEngine),
    readonly work = app.get(Work),
  ) {}

  static async start({
    clock,
    documentStoreUrl,
    eventStoreUrl,
    jobsUrl,
    jwksUrl,
    log,
    pace = onceAtTheStart,
    origins = [],
    proxies = [],
    rates,
    reminders,
    times,
    turns,
  }: Places = {}): Promise<RunningSystem> {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-'));
    const settings = await readSettings({
      SPARBAR_DATA: folder,
      EVENT_STORE_URL: eventStoreUrl,
      DOCUMENT_STORE_URL: documentStoreUrl,
      JOBS_URL: jobsUrl,
      SPARBAR_JWKS_URL: jwksUrl?.href,
    });
    const anyRate = { token: 0, tenant: 0, address: 0 };
    const logger = log ? pino({ level: 'trace' }, log) : pino({ level: 'silent' });
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const own = TokenVerifier.fromKeys({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
    const app = await createApp(
      {
        settings: { ...settings, origins, proxies, rates: { ...anyRate, ...rates }, ...(reminders && { reminders }) },
        logger,
        ...(clock && { clock }),
      },
      [
        jwksUrl ? TokensModule.ofIssuer() : TokensModule.checkedBy(own),
        StoresModule,
        JobsModule,
        CoreModule,
        FeaturesModule,
        EngineModule,
        WorkModule.at(pace),
        SupervisionModule.ofApi(),
      ],
      serveApi({ explorer: false, turns }),
      times,
    );
    await app.listen(0, '127.0.0.1');
    const system = new RunningSystem(folder, app);
    system.#key = privateKey;
    system.#described = await describedBy(await app.getUrl(), JSON.stringify([rates, turns]));
    return system;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await rm(this.folder, { recursive: true });
  }

  token(
    role: Role,
    { body, of = tenant, subject = `test-${role}` }: { body?: string; of?: string; subject?: string } = {},
  ): Promise<string> {
    return this.sign({ tenant: of, role, ...(body && { body }) }, subject);
  }

  sign(claims: Record<string, unknown>, subject = 'someone', expires = '5m', key = this.#key): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject(subject)
      .setExpirationTime(expires)
      .sign(key);
  }

  load(...names: readonly string[]): Promise<LoadReport[]> {
    return this.loadFor(tenant, ...names);
  }

  /** Loads files of `data/` for a tenant. */
  async loadFor(of: string, ...names: readonly string[]): Promise<LoadReport[]> {
    const loader = this.app.get(PlanLoader);
    const reports: LoadReport[] = [];
    for (const name of names) {
      const text = await readFile(join(process.cwd(), 'data', name), 'utf8');
      reports.push(await loader.load(text, name, { tenant: of, actor: { id: 'loader', role: 'controller' } }));
    }
    return reports;
  }

  /** What the API answers, which is as its document says. */
  async request(
    method: 'GET' | 'POST',
    url: string,
    token?: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const base = await this.app.getUrl();
    const answer = await requestTo(base, method, url, {
      headers,
      ...(token && { token }),
      ...(body !== undefined && { body }),
    });
    this.#described.check(method, url, answer);
    return answer;
  }
}
