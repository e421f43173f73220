import { randomBytes } from 'node:crypto';
import fastifySession from '@fastify/session';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Person } from './person.js';

const hours = 3_600_000;
const lifetime = 8 * hours;

interface Kept {
  readonly person?: Person;
  /** What a form must carry that this session is to believe. */
  readonly csrf?: string;
}
type Session = Kept & { [Field in keyof Kept]: Kept[Field] };

/**
 * Who signed in, in a cookie that names a session and says nothing else. Sessions end after eight hours, when somebody signs
 * out, and with the process.
 */
export async function keepSessions(pages: FastifyInstance): Promise<void> {
  await pages.register(fastifySession, {
    secret: randomBytes(32).toString('base64'),
    cookieName: 'sparbar',
    saveUninitialized: false,
    rolling: false,
    // Lax, since an answer of somebody else's sign-in comes from another site.
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: lifetime, path: '/' },
    store: new SessionsInMemory(),
  });
}

class SessionsInMemory implements fastifySession.SessionStore {
  readonly #sessions = new LRUCache<string, fastifySession.FastifySessionObject>({ max: 10_000, ttl: lifetime });

  set(id: string, session: unknown, done: (error?: unknown) => void): void {
    this.#sessions.set(id, session as fastifySession.FastifySessionObject);
    done();
  }

  get(id: string, done: (error: unknown, session?: fastifySession.FastifySessionObject | null) => void): void {
    done(undefined, this.#sessions.get(id) ?? null);
  }

  destroy(id: string, done: (error?: unknown) => void): void {
    this.#sessions.delete(id);
    done();
  }
}

const sessionOf = (request: FastifyRequest): Session => request.session as unknown as Session;

/** Who sends a request; undefined where nobody signed in. */
export const personOf = (request: FastifyRequest): Person | undefined => sessionOf(request).person;

/** What the forms of a page carry. */
export const csrfOf = (request: FastifyRequest): string => sessionOf(request).csrf ?? '';

/** Begins a session of its own for somebody: one that was there before is nobody's. */
export async function signIn(request: FastifyRequest, person: Person): Promise<void> {
  await request.session.regenerate();
  Object.assign(request.session, { person, csrf: randomBytes(18).toString('base64url') } satisfies Kept);
}

export const signOut = (request: FastifyRequest): Promise<void> => request.session.destroy();
