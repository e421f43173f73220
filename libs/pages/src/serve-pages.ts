import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#kernel';
import { Api } from './api/api.js';
import { ApiRefused } from './api/api-refused.js';
import { comparisonPage } from './audit/comparison.page.js';
import { issuePage } from './audit/issue.page.js';
import { searchPage } from './audit/search.page.js';
import { storyPage } from './audit/story.page.js';
import { indicatorPage } from './indicators/indicator.page.js';
import { accessibilityPage } from './layout/accessibility.page.js';
import { drafts, draftsPath } from './layout/drafts.js';
import { faultPage } from './layout/fault.page.js';
import { layout } from './layout/layout.js';
import type { Page } from './layout/layout.js';
import { icon, iconPath, style, stylePath } from './layout/style.js';
import { NoSuchPage } from './page-request.js';
import type { Doing, FormPage, PageOf, PageRequest } from './page-request.js';
import { itemPage } from './plans/item.page.js';
import { planOf } from './plans/plan-of.js';
import { planPage } from './plans/plan.page.js';
import { plansPage } from './plans/plans.page.js';
import { assessMany, assessManyPage } from './reporting/assess-many.page.js';
import { assess, assessPage } from './reporting/assess.page.js';
import { markReady, reportPage } from './reporting/report.page.js';
import { tasksPage } from './reporting/tasks.page.js';
import { leadRound, roundPage } from './rounds/round.page.js';
import { ForeignForm, requireOwnForm } from './sign-in/own-forms.js';
import type { Person } from './sign-in/person.js';
import { csrfOf, keepSessions, personOf, signIn, signOut } from './sign-in/sessions.js';
import { signInPage } from './sign-in/sign-in.page.js';

export interface PagesOptions {
  /** Who one may be by a click. @returns none where there is nobody to be so */
  readonly people: (request: { readonly ip: string; readonly host: string }) => readonly Person[];
  /** A token by which the API knows somebody who signed in. */
  readonly tokenOf: (tenant: string, actor: Actor) => Promise<string>;
  /** Told of what went wrong beyond what a page tells. */
  readonly failed: (error: unknown, request: { readonly id: string }) => void;
}

/** Every page that is for whoever signed in, by its address. */
const pages: Readonly<Record<string, PageOf>> = {
  '/planer/:plan': planPage,
  '/planer/:plan/:kind/:number': itemPage,
  '/indikatorer/:indicator': indicatorPage,
  '/mitt': tasksPage,
  '/granska': searchPage,
  '/granska/utgavor/:issue': issuePage,
  '/granska/:item': storyPage,
  '/granska/:item/jamfor': comparisonPage,
};

/** Pages with a form: what each shows, and what its form does. */
const forms: Readonly<Record<string, { readonly page: FormPage; readonly does: Doing }>> = {
  '/uppfoljningar/:round': { page: roundPage, does: leadRound },
  '/mitt/:round': { page: reportPage, does: markReady },
  '/mitt/:round/alla': { page: assessManyPage, does: assessMany },
  '/mitt/:round/:item': { page: assessPage, does: assess },
};

/** What the API tells as a page of its own, by the path of the API. */
const reports: Readonly<Record<string, (request: PageRequest) => Promise<string>>> = {
  '/granska/utgavor/:issue/rapport': async ({ params }) =>
    `/v1/snapshots/${encodeURIComponent(params['issue']!)}/report`,
  '/granska/bilaga/:older/:newer': async ({ api, params }) => {
    const [older, newer] = await Promise.all([planOf(api, params['older']!), planOf(api, params['newer']!)]);
    return `/v1/plans/${older.id}/appendix/report?newer=${newer.id}`;
  },
};

/** Of a form in which a body judges all that it owes. */
const formBytes = 1_048_576;

/** Nothing but what comes from here, and no script at all, but where the browser keeps drafts. */
const policy = [
  "default-src 'none'",
  ...["style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"],
].join('; ');
const draftsPolicy = `${policy}; script-src 'self'`;

/** A report brings its style in itself, so that it can be kept as one file. */
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Adds pages for people, in Swedish, beside the API. They ask the API as whoever signed in, and know nothing else of the system.
 * To be done before the app listens.
 */
export function servePages(fastify: FastifyInstance, options: PagesOptions): void {
  void fastify.register(async (site) => {
    await site.register(fastifyCookie);
    // What is sent to a page is a form, and nothing else that an API takes.
    site.removeAllContentTypeParsers();
    await site.register(fastifyFormbody, { bodyLimit: formBytes });
    await keepSessions(site);
    site.addHook('preHandler', requireOwnForm);
    site.addHook('onSend', async (_, reply) => {
      if (!reply.hasHeader('Content-Security-Policy')) void reply.header('Content-Security-Policy', policy);
      // By `no-referrer`, as the API has it, a browser would not say where a form comes from.
      void reply.header('Referrer-Policy', 'same-origin');
      if (!reply.hasHeader('Cache-Control')) void reply.header('Cache-Control', 'private, no-store');
    });
    site.setErrorHandler((error: FastifyError, request, reply) => sendFault(error, request, reply, options));
    addRoutes(site, options);
  });
}

function addRoutes(site: FastifyInstance, options: PagesOptions): void {
  const open = { config: { open: true } };
  const peopleOf = (request: FastifyRequest) => options.people({ ip: request.ip, host: request.hostname });
  for (const [path, type, content] of [
    [stylePath, 'text/css; charset=utf-8', style],
    [iconPath, 'image/svg+xml', icon],
    [draftsPath, 'text/javascript; charset=utf-8', drafts],
  ] as const) {
    site.get(path, open, (_, reply) =>
      reply.type(type).header('Cache-Control', 'public, max-age=31536000, immutable').send(content),
    );
  }
  site.get('/', open, async (request, reply) => {
    const person = personOf(request);
    if (person) return send(request, reply, await plansPage(await asked(site, request, person, options)));
    return send(request, reply, signInPage(peopleOf(request), '/'));
  });
  site.get('/tillganglighet', open, (request, reply) => send(request, reply, accessibilityPage));
  site.post('/logga-in', open, async (request, reply) => {
    const { som, till } = formOf(request);
    const person = peopleOf(request)[Number(som)];
    if (!person) throw new NoSuchPage();
    await signIn(request, person);
    return reply.redirect(ownPath(till), 303);
  });
  site.post('/logga-ut', open, async (request, reply) => {
    await signOut(request);
    return reply.redirect('/', 303);
  });
  const forSomebody = (
    path: string,
    answer: (asked: PageRequest, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
    method: 'GET' | 'POST' = 'GET',
  ) =>
    site.route({
      method,
      url: path,
      ...open,
      handler: async (request, reply) => {
        const person = personOf(request);
        // Who comes by a link is led on to it after having signed in.
        if (!person) return send(request, reply.code(401), signInPage(peopleOf(request), request.url));
        return answer(await asked(site, request, person, options), request, reply);
      },
    });
  for (const [path, pageOf] of Object.entries(pages))
    forSomebody(path, async (from, request, reply) => send(request, reply, await pageOf(from)));
  for (const [path, reportPath] of Object.entries(reports))
    forSomebody(path, async (from, _, reply) => {
      const report = await from.api.text(await reportPath(from));
      return reply.type('text/html; charset=utf-8').header('Content-Security-Policy', reportPolicy).send(report);
    });
  for (const [path, { does, page }] of Object.entries(forms)) {
    forSomebody(path, async (from, request, reply) => send(request, reply, await page(from)));
    forSomebody(path, (from, request, reply) => doForm(does, page, from, request, reply), 'POST');
  }
  // What begins like the API, or asks for no page, is answered by the API.
  site.get('/:first(^(?!v1$|health$|metrics$).+)', open, noPage);
  site.get('/:first(^(?!v1$|health$|metrics$).+)/*', open, noPage);
}

/** Does what a form asks for, and leads on; where the API refuses it, shows the form again with what was written. */
async function doForm(
  does: Doing,
  page: FormPage,
  from: PageRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = formOf(request);
  try {
    return reply.redirect(ownPath(await does(from, form)), 303);
  } catch (error) {
    if (!(error instanceof ApiRefused)) throw error;
    const { problem } = error;
    return send(request, reply.code(problem.status), await page(from, { form, problem }));
  }
}

const noPage = (): never => {
  throw new NoSuchPage();
};

const send = (request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('Content-Security-Policy', page.drafts ? draftsPolicy : policy)
    .send(layout(page, { person: personOf(request), path: request.url.split('?', 1)[0]!, csrf: csrfOf(request) }));

async function asked(
  site: FastifyInstance,
  request: FastifyRequest,
  person: Person,
  { tokenOf }: PagesOptions,
): Promise<PageRequest> {
  const token = await tokenOf(person.tenant, person.actor);
  const query = Object.entries(request.query as Record<string, string | string[]>);
  const asText = Object.fromEntries(query.map(([name, value]) => [name, [value].flat()[0]]));
  return {
    api: new Api(site, token, request.ip, asText['efter']),
    person,
    params: request.params as Record<string, string>,
    query: asText,
    csrf: csrfOf(request),
  };
}

function formOf({ body }: FastifyRequest): Readonly<Record<string, string>> {
  const fields = Object.entries((body ?? {}) as Record<string, string | string[]>);
  return Object.fromEntries(fields.map(([name, value]) => [name, [value].flat()[0] ?? '']));
}

/** Any origin: whatever leads away from it leads away from this site. */
const anyOrigin = 'http://site.invalid';

/**
 * A path of this site, as a header may have it: what leads elsewhere leads to the start. A browser leaves out tabs and line
 * breaks, takes a backslash for a slash, and what begins by two of them for another site: so is it read here.
 */
function ownPath(path = '/'): string {
  if (!path.startsWith('/') || !URL.canParse(path, anyOrigin)) return '/';
  const { hash, origin, pathname, search } = new URL(path, anyOrigin);
  return origin === anyOrigin && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}

function sendFault(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { failed }: PagesOptions,
): FastifyReply {
  if (error instanceof ApiRefused)
    return send(request, reply.code(error.problem.status), faultPage(error.problem.status, error.problem));
  if (error instanceof NoSuchPage) return send(request, reply.code(404), faultPage(404));
  if (error instanceof ForeignForm) return send(request, reply.code(403), faultPage(403));
  const status = (error as Partial<FastifyError>).statusCode ?? 500;
  if (status >= 500) failed(error, request);
  return send(request, reply.code(status), faultPage(status));
}
