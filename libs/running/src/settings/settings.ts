import { isIP } from 'node:net';
import { usualRates } from '#http-api';
import type { Rates } from '#http-api';
import { isTenant, joined, say, systemTenant, verbatim } from '#kernel';
import type { Said } from '#kernel';
import { faultOfReceiver } from '#notifying';
import type { WebhookReceiver } from '#notifying';
import { faultOfDocumentStoreUrl, faultOfEventStoreUrl, faultOfJobsUrl } from '../adapters/urls.js';
import { SettingsFaults } from './settings-faults.js';

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

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** @throws SettingsFaults */
export async function readSettings(env: NodeJS.ProcessEnv): Promise<Settings> {
  const faults: Said[] = [];
  const data = env['SPARBAR_DATA'] || 'var';
  const tenant = env['SPARBAR_TENANT'] || 'uppsala';
  if (!isTenant(tenant)) faults.push(isNoTenant({ system: systemTenant }));
  // What is set to nothing is as if it were not set. Of spaces and hexadecimals, `Number` would make ports.
  const portText = env['PORT'] || '3000';
  const port = Number(portText);
  if (!/^[0-9]+$/.test(portText) || port > 65_535) faults.push(isNoPort());
  const logLevel = env['SPARBAR_LOG_LEVEL'] || 'info';
  if (!levels.includes(logLevel)) faults.push(isNoLevel({ levels }));
  const jwks = env['SPARBAR_JWKS_URL'];
  if (jwks && !isPublic(jwks)) faults.push(areNoKeys());
  if (jwks && env['SPARBAR_JWKS_FILE']) faults.push(areTwoKeys());
  const eventStoreUrl = env['EVENT_STORE_URL'] || `sqlite:${data}/events.db`;
  const documentStoreUrl = env['DOCUMENT_STORE_URL'] || `sqlite:${data}/documents.db`;
  const jobsUrl = env['JOBS_URL'];
  const faultOf = {
    EVENT_STORE_URL: await faultOfEventStoreUrl(eventStoreUrl),
    DOCUMENT_STORE_URL: await faultOfDocumentStoreUrl(documentStoreUrl),
    JOBS_URL: jobsUrl ? faultOfJobsUrl(jobsUrl) : undefined,
  };
  for (const [name, fault] of Object.entries(faultOf)) if (fault) faults.push(joined([verbatim(name), fault], ' '));
  const reminders = receiverOf(env, faults);
  const origins = listOf(env['SPARBAR_CORS_ORIGINS']) ?? [];
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) faults.push(isNoOrigin({ origin }));
  }
  const rates = {
    token: rateOf(env, 'SPARBAR_RATE_TOKEN', usualRates.token, faults),
    tenant: rateOf(env, 'SPARBAR_RATE_TENANT', usualRates.tenant, faults),
    address: rateOf(env, 'SPARBAR_RATE_ADDRESS', usualRates.address, faults),
  };
  const proxies = listOf(env['SPARBAR_TRUSTED_PROXIES']) ?? [];
  for (const proxy of proxies) {
    if (!isNetwork(proxy)) faults.push(isNoNetwork({ proxy }));
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

function rateOf(env: NodeJS.ProcessEnv, name: string, usual: number, faults: Said[]): number {
  const given = env[name];
  if (!given) return usual;
  if (!/^\d{1,9}$/.test(given)) faults.push(isNoRate({ name }));
  return Number(given);
}

/** Whether a text is a URL that can be fetched as it is: credentials in it would be refused, with the password in the message. */
function isPublic(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { password, protocol, username } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

function receiverOf(env: NodeJS.ProcessEnv, faults: Said[]): WebhookReceiver | undefined {
  const { SPARBAR_REMINDER_SECRET: secret, SPARBAR_REMINDER_URL: url } = env;
  if (!url && !secret) return undefined;
  if (!url || !URL.canParse(url)) faults.push(isNoReceiver());
  if (!secret) faults.push(needsSecret());
  if (!url || !secret || !URL.canParse(url)) return undefined;
  const receiver = { url: new URL(url), secret };
  const fault = faultOfReceiver(receiver);
  if (fault) faults.push(cannotBeSent({ fault }));
  return receiver;
}

const isNoTenant = say(
  'SPARBAR_TENANT must be lower-case letters, digits and hyphens, and not {system}',
  'SPARBAR_TENANT ska vara små bokstäver, siffror och bindestreck, och inte {system}',
);
const isNoPort = say('PORT must be a whole number from 0 to 65535', 'PORT ska vara ett heltal från 0 till 65535');
const isNoLevel = say('SPARBAR_LOG_LEVEL must be one of {levels}', 'SPARBAR_LOG_LEVEL ska vara något av {levels}');
const areNoKeys = say(
  'SPARBAR_JWKS_URL must be the http(s) URL of a JWK Set, without a password',
  'SPARBAR_JWKS_URL ska vara http(s)-adressen till ett JWK Set, utan lösenord',
);
const areTwoKeys = say(
  'Give either SPARBAR_JWKS_URL or SPARBAR_JWKS_FILE, not both',
  'Ange antingen SPARBAR_JWKS_URL eller SPARBAR_JWKS_FILE, inte båda',
);
const isNoOrigin = say(
  'SPARBAR_CORS_ORIGINS must be origins such as https://app.example.org, and {origin} is none',
  'SPARBAR_CORS_ORIGINS ska vara ursprung som https://app.example.org, och {origin} är inget',
);
const isNoNetwork = say(
  'SPARBAR_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, and {proxy} is none',
  'SPARBAR_TRUSTED_PROXIES ska vara adresser eller nät som 10.0.0.0/8, och {proxy} är inget',
);
const isNoRate = say(
  '{name} must be how many requests are taken in a second, or 0 for any',
  '{name} ska vara hur många begäranden som tas emot på en sekund, eller 0 för hur många som helst',
);
const isNoReceiver = say(
  'SPARBAR_REMINDER_URL must be the URL that reminders are posted to',
  'SPARBAR_REMINDER_URL ska vara adressen som påminnelser skickas till',
);
const needsSecret = say(
  'SPARBAR_REMINDER_SECRET must be given with SPARBAR_REMINDER_URL',
  'SPARBAR_REMINDER_SECRET ska anges tillsammans med SPARBAR_REMINDER_URL',
);
const cannotBeSent = say(
  'SPARBAR_REMINDER_URL and SPARBAR_REMINDER_SECRET: {fault}',
  'SPARBAR_REMINDER_URL och SPARBAR_REMINDER_SECRET: {fault}',
);
