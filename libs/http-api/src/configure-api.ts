import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { EVENT_STORE } from '#deciding';
import type { EventStore } from '#event-store';
import { isId, MalformedInput, newId, say } from '#kernel';
import { ReadModels } from '#projecting';
import { AuthGuard } from './auth/auth.guard.js';
import { tokenFirst } from './auth/token-first.js';
import { TokenVerifier } from './auth/token-verifier.js';
import { AddressTooLong, longestPathValue } from './bounds/address-too-long.js';
import { serverOptions, usualTimes } from './bounds/connection-times.js';
import type { ConnectionTimes } from './bounds/connection-times.js';
import { takeExpectations } from './bounds/expectations.js';
import { limitBodies } from './bounds/limit-bodies.js';
import { RateLimits, usualRates } from './bounds/rate-limits.js';
import type { Rates } from './bounds/rate-limits.js';
import { refuseConnection, refuseTunnels } from './bounds/refuse-connection.js';
import { takeBodies } from './bounds/take-bodies.js';
import { RequestTurns, usualTurns } from './bounds/request-turns.js';
import type { Turns } from './bounds/request-turns.js';
import { requireWellFormed } from './bounds/well-formed.js';
import { serveExplorer } from './documentation/explorer.js';
import { openApiOf } from './documentation/open-api.js';
import type { LimitsOfCallers } from './documentation/open-api.js';
import { ProblemFilter } from './problems/problem.filter.js';
import type { FailureLogger } from './problems/problems.js';
import { tagAnswer } from './requests/entity-tags.js';
import { RouteMethods } from './requests/route-methods.js';
import { requestValidation } from './requests/validation.js';
import { DamageInterceptor } from './requests/damage.interceptor.js';
import { WaitForInterceptor } from './requests/wait-for.interceptor.js';

export interface RequestLogger extends FailureLogger {
  info(fields: object, message: string): void;
}

const sweepMilliseconds = 50;

/** Fastify as the API wants it: requests have an id and arrive in time, and a server that closes waits for answers only. */
export function fastifyAdapter(times: ConnectionTimes = usualTimes, proxies: readonly string[] = []): FastifyAdapter {
  const adapter = new FastifyAdapter({
    ...serverOptions(times),
    trustProxy: proxies.length > 0 && [...proxies],
    clientErrorHandler: refuseConnection,
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && isId(given) ? given : newId();
    },
    frameworkErrors: ({ code }: { readonly code: string }, request: unknown, reply: unknown) =>
      refuseAddress(code, request as FastifyRequest, reply as FastifyReply),
    routerOptions: { maxParamLength: longestPathValue },
  });
  const fastify = adapter.getInstance();
  takeExpectations(fastify.server);
  refuseTunnels(fastify.server);
  fastify.addHook('preClose', async () => {
    if (!fastify.server.listening) return;
    // A connection that is kept alive after its last answer would hold the server open for more than a minute.
    const sweep = setInterval(() => fastify.server.closeIdleConnections(), sweepMilliseconds);
    fastify.server.once('close', () => clearInterval(sweep));
  });
  return adapter;
}

/** An address that leads nowhere is refused before any hook is asked. */
function refuseAddress(code: string, request: FastifyRequest, reply: FastifyReply): void {
  tellOfRequest(request, reply);
  const isTooLong = code === 'FST_ERR_MAX_PARAM_LENGTH';
  const refusal = isTooLong ? new AddressTooLong() : new MalformedInput([{ field: '', said: unreadable() }]);
  new ProblemFilter({ error: () => undefined }).answer(refusal, request, reply);
}

const unreadable = say(
  'the address must be percent-encoded UTF-8',
  'adressen ska vara UTF-8 i procentkodning',
  'address',
);

export interface ApiOptions {
  /** Whether the documentation can be browsed. */
  readonly explorer?: boolean;
  /** Whether `/` leads to where the API is told of. */
  readonly start?: boolean;
  /** The origins whose pages may ask, such as `https://app.example.org`. */
  readonly origins?: readonly string[];
  readonly times?: ConnectionTimes;
  readonly rates?: Rates;
  /** How many requests of one tenant are taken at once. */
  readonly turns?: Turns;
  /** Where the processes of an installation count requests together. */
  readonly redis?: Redis;
}

/** Gives an app the API's manners: tokens, validation, problems, `waitFor`, one log line for each request, OpenAPI. */
export async function configureApi(
  app: NestFastifyApplication,
  logger: RequestLogger,
  {
    explorer = true,
    start = true,
    origins = [],
    rates = usualRates,
    redis,
    times = usualTimes,
    turns = usualTurns,
  }: ApiOptions = {},
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  limitBodies(app);
  takeBodies(fastify, times.body);
  const routes = new RouteMethods(fastify);
  fastify.addHook('onRequest', async (request, reply) => {
    tellOfRequest(request, reply);
    requireWellFormed(request);
    forgetFormOfNothing(request);
    takeWaitFor(request);
    if (request.is404) routes.refuse(request, reply);
  });
  // A preflight has no token: it is answered before one is asked for.
  if (origins.length > 0) app.enableCors({ ...crossOrigin, origin: [...origins] });
  const limits = await RateLimits.on(fastify, rates, redis);
  fastify.addHook('onRequest', tokenFirst(app.get(TokenVerifier), limits, new RequestTurns(turns), isDocumentation));
  fastify.addHook('onSend', async ({ raw }, reply) => {
    // What was answered before it was read would else go on coming.
    if (!raw.complete) void reply.header('Connection', 'close');
  });
  fastify.addHook('onSend', tagAnswer);
  fastify.addHook('onResponse', async (request, reply) => {
    const { principal } = request as FastifyRequest & { principal?: { actor: { role: string } } };
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
        role: principal?.actor.role,
      },
      'request',
    );
  });
  app.setGlobalPrefix('v1', { exclude: ['health/{*rest}', 'metrics'] });
  app.useGlobalPipes(requestValidation());
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalGuards(new AuthGuard(app.get(Reflector)));
  app.useGlobalInterceptors(
    new WaitForInterceptor(app.get(ReadModels), app.get<EventStore>(EVENT_STORE)),
    new DamageInterceptor(),
  );
  serveOpenApi(app, explorer, { rates, turns });
  if (start) leadToApi(app, explorer);
}

const crossOrigin = {
  // OPTIONS is answered whoever asks, as what it tells is for everybody.
  strictPreflight: false,
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: [
    ...['Accept-Language', 'Authorization', 'Content-Type', 'Idempotency-Key'],
    ...['If-Match', 'If-None-Match', 'X-Request-Id'],
  ],
  exposedHeaders: ['ETag', 'Repr-Digest', 'Retry-After', 'Sparbar-Log', 'X-Request-Id'],
  maxAge: 600,
};

const isDocumentation = (path: string): boolean => /^\/(\?.*)?$|^\/v1\/(docs|openapi\.json)/.test(path);

/** What every answer tells, whatever it is. */
function tellOfRequest({ id, method, url }: FastifyRequest, reply: FastifyReply): void {
  void reply.header('X-Request-Id', id);
  void reply.header('X-Content-Type-Options', 'nosniff');
  void reply.header('Referrer-Policy', 'no-referrer');
  if (url.startsWith('/v1/') && !url.startsWith('/v1/docs'))
    void reply.header('Cache-Control', method === 'GET' ? 'private, no-cache' : 'no-store');
}

/** Clients that send JSON say so also where they send nothing: what has no body has no form either. */
function forgetFormOfNothing({ raw: { headers } }: FastifyRequest): void {
  const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  if (isEmpty) delete headers['content-type'];
}

/** Takes `waitFor` out of the query, so that no route needs to know of it. */
function takeWaitFor(request: FastifyRequest & { waitFor?: unknown }): void {
  const query = request.query as Record<string, unknown> | undefined;
  if (!query || !('waitFor' in query)) return;
  request.waitFor = query['waitFor'];
  delete query['waitFor'];
}

/** The document is made when it is first asked for: a process starts without it. */
function serveOpenApi(app: NestFastifyApplication, explorer: boolean, limits: LimitsOfCallers): void {
  SwaggerModule.setup('v1/docs', app, () => openApiOf(app, limits), { ui: false, jsonDocumentUrl: 'v1/openapi.json' });
  if (!explorer) return;
  serveExplorer(app.getHttpAdapter().getInstance(), { path: '/v1/docs', document: '/v1/openapi.json' });
}

/** Whoever opens the address in a browser is led to where the API is told of. */
function leadToApi(app: INestApplication, explorer: boolean): void {
  const start = explorer ? 'v1/docs' : 'v1/api-info';
  app.getHttpAdapter().get('/', (_: unknown, reply: FastifyReply) => void reply.redirect(start));
}
