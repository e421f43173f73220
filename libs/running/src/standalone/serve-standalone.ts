import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { describeError, roles } from '#kernel';
import type { Actor } from '#kernel';
import { bodyIdOf } from '#organisation';
import { servePages } from '#pages';
import type { Person } from '#pages';
import { serveApi } from '../process/create-app.js';
import type { Serve } from '../process/create-app.js';
import { LOGGER, SETTINGS } from '../process/tokens.js';
import type { Settings } from '../settings/settings.js';
import { SigningKey } from '../tokens/signing-key.js';

const loopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const ownHosts = ['localhost', '127.0.0.1', '[::1]'];

/** The API, and pages on which whoever sits at this machine signs in by choosing a role. */
export const serveStandalone: Serve = async (app, times) => {
  await serveApi({ start: false })(app, times);
  const key = app.get(SigningKey);
  const logger = app.get<Logger>(LOGGER);
  const { tenant } = app.get<Settings>(SETTINGS);
  const people = peopleOf(tenant);
  const tokens = new LRUCache<string, Promise<string>>({ max: 100, ttl: 3_600_000 });
  servePages(app.getHttpAdapter().getInstance(), {
    // A role is for the asking on this machine alone, and not for pages elsewhere that a name leads here.
    people: ({ host, ip }) => (loopback.includes(ip) && ownHosts.includes(host) ? people : []),
    tokenOf: (of, actor) => {
      const kept = tokens.get(actor.id) ?? key.token(of, actor);
      tokens.set(actor.id, kept);
      return kept;
    },
    failed: (error, { id }) => logger.error({ requestId: id, error: describeError(error) }, 'a page failed'),
  });
};

const peopleOf = (tenant: string): Person[] =>
  roles
    .filter((role) => role !== 'administrator')
    .map((role): Person => {
      const actor: Actor = { id: `standalone-${role}`, role };
      if (role !== 'reporter') return { tenant, actor };
      return { tenant, actor: { ...actor, body: bodyIdOf(tenant, 'amn') }, bodyName: 'Arbetsmarknadsnämnden' };
    });
