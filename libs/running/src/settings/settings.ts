import { isIP } from 'node:net';
import { usualRates } from '#http-api';
import type { Rates } from '#http-api';
import { isTenant, systemTenant } from '#kernel';
import { checkReceiver } from '#notifying';
import type { WebhookReceiver } from '#notifying';
import { faultOfDocumentStoreUrl, faultOfEventStoreUrl, faultOfJobsUrl } from '../adapters/urls.js';

/** What the environment says, checked and with defaults. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** The folder of the embedded stores, and of the standalone's key. */
  readonly data: string;
  readonly eventStoreUrl: string;
  readonly documentStoreUrl: string;
  /** The Redis of the jobs; undefined where they are kept in the data folder. */
  readonly jobsUrl?: string;
  /** The plan files to load at start; undefined where the environment does not say. */
  readonly plans: readonly string[] | undefined;
  readonly tenant: string;
  readonly logLevel: string;
  readonly jwksUrl?: URL;
  readonly jwksFile?: string;
  readonly issuer?: string;
  readonly audience?: string;
  /** The origins whose pages may ask the API. */
  readonly origins: readonly string[];
  /** How many requests are taken in a second. */
  readonly rates: Rates;
  /** The addresses or networks of proxies that are believed about whose requests they pass on. */
  readonly proxies: readonly string[];
  /** Who is told of reminders. */
  readonly reminders?: WebhookReceiver;
}

/** The environment cannot be used. It carries every fault, so that it is mended in one go. */
export class SettingsFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsFaults';
  }
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** @throws SettingsFaults */
export async function readSettings(env: NodeJS.ProcessEnv): Promise<Settings> {
  const faults: string[] = [];
  const data = env['SPARBAR_DATA'] || 'var';
  const tenant = env['SPARBAR_TENANT'] || 'uppsala';
  if (!isTenant(tenant))
    faults.push(`SPARBAR_TENANT must be lower-case letters, digits and hyphens, and not ${systemTenant}`);
  // What is set to nothing is as if it were not set. Of spaces and hexadecimals, `Number` would make ports.
  const portText = env['PORT'] || '3000';
  const port = Number(portText);
  if (!/^[0-9]+$/.test(portText) || port > 65_535) faults.push('PORT must be a whole number from 0 to 65535');
  const logLevel = env['SPARBAR_LOG_LEVEL'] || 'info';
  if (!levels.includes(logLevel)) faults.push(`SPARBAR_LOG_LEVEL must be one of ${levels.join(', ')}`);
  const jwks = env['SPARBAR_JWKS_URL'];
  if (jwks && !isPublic(jwks)) faults.push('SPARBAR_JWKS_URL must be the http(s) URL of a JWK Set, without a password');
  if (jwks && env['SPARBAR_JWKS_FILE']) faults.push('Give either SPARBAR_JWKS_URL or SPARBAR_JWKS_FILE, not both');
  const eventStoreUrl = env['EVENT_STORE_URL'] || `sqlite:${data}/events.db`;
  const documentStoreUrl = env['DOCUMENT_STORE_URL'] || `sqlite:${data}/documents.db`;
  const jobsUrl = env['JOBS_URL'];
  const faultOf = {
    EVENT_STORE_URL: await faultOfEventStoreUrl(eventStoreUrl),
    DOCUMENT_STORE_URL: await faultOfDocumentStoreUrl(documentStoreUrl),
    JOBS_URL: jobsUrl ? faultOfJobsUrl(jobsUrl) : undefined,
  };
  for (const [name, fault] of Object.entries(faultOf)) if (fault) faults.push(`${name} ${fault}`);
  const reminders = receiverOf(env, faults);
  const origins = listOf(env['SPARBAR_CORS_ORIGINS']) ?? [];
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      faults.push(`SPARBAR_CORS_ORIGINS must be origins such as https://app.example.org, and ${origin} is none`);
  }
  const rates = {
    token: rateOf(env, 'SPARBAR_RATE_TOKEN', usualRates.token, faults),
    tenant: rateOf(env, 'SPARBAR_RATE_TENANT', usualRates.tenant, faults),
    address: rateOf(env, 'SPARBAR_RATE_ADDRESS', usualRates.address, faults),
  };
  const proxies = listOf(env['SPARBAR_TRUSTED_PROXIES']) ?? [];
  for (const proxy of proxies) {
    if (!isNetwork(proxy))
      faults.push(`SPARBAR_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, and ${proxy} is none`);
  }
  if (faults.length > 0) throw new SettingsFaults(faults);
  return {
    host: env['HOST'] || '127.0.0.1',
    port,
    data,
    eventStoreUrl,
    documentStoreUrl,
    ...(jobsUrl && { jobsUrl }),
    plans: listOf(env['SPARBAR_PLANS']),
    tenant,
    logLevel,
    origins,
    rates,
    proxies,
    ...(jwks && { jwksUrl: new URL(jwks) }),
    ...(env['SPARBAR_JWKS_FILE'] && { jwksFile: env['SPARBAR_JWKS_FILE'] }),
    ...(env['SPARBAR_ISSUER'] && { issuer: env['SPARBAR_ISSUER'] }),
    ...(env['SPARBAR_AUDIENCE'] && { audience: env['SPARBAR_AUDIENCE'] }),
    ...(reminders && { reminders }),
  };
}

const listOf = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((each) => each.trim())
    .filter(Boolean);

/** Whether a text is an address of IP, or a network of them with at least one bit fixed: that of all would believe everybody. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  if (most === undefined || more.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most);
}

function rateOf(env: NodeJS.ProcessEnv, name: string, usual: number, faults: string[]): number {
  const given = env[name];
  if (!given) return usual;
  if (!/^\d{1,9}$/.test(given)) faults.push(`${name} must be how many requests are taken in a second, or 0 for any`);
  return Number(given);
}

/** Whether a text is a URL that can be fetched as it is: credentials in it would be refused, with the password in the message. */
function isPublic(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { password, protocol, username } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

function receiverOf(env: NodeJS.ProcessEnv, faults: string[]): WebhookReceiver | undefined {
  const { SPARBAR_REMINDER_SECRET: secret, SPARBAR_REMINDER_URL: url } = env;
  if (!url && !secret) return undefined;
  if (!url || !URL.canParse(url)) faults.push('SPARBAR_REMINDER_URL must be the URL that reminders are posted to');
  if (!secret) faults.push('SPARBAR_REMINDER_SECRET must be given with SPARBAR_REMINDER_URL');
  if (!url || !secret || !URL.canParse(url)) return undefined;
  const receiver = { url: new URL(url), secret };
  try {
    checkReceiver(receiver);
    return receiver;
  } catch (error) {
    faults.push(`SPARBAR_REMINDER_URL and SPARBAR_REMINDER_SECRET: ${(error as Error).message}`);
    return undefined;
  }
}
