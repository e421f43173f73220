import type { FastifyRequest } from 'fastify';
import { csrfOf, personOf } from './sessions.js';

/** A form came from somewhere else than a page of this site. */
export class ForeignForm extends Error {
  constructor() {
    super('The form did not come from a page of this site');
    this.name = 'ForeignForm';
  }
}

/**
 * Takes forms of own pages only: the browser says where a form comes from, and one of somebody who signed in carries what only
 * own pages know.
 * @throws ForeignForm
 */
export async function requireOwnForm(request: FastifyRequest): Promise<void> {
  if (request.method !== 'POST') return;
  const { host, origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') throw new ForeignForm();
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) throw new ForeignForm();
  if (site === undefined && origin === undefined) throw new ForeignForm();
  const { _fran: carried } = (request.body ?? {}) as { readonly _fran?: unknown };
  if (personOf(request) && carried !== csrfOf(request)) throw new ForeignForm();
}
