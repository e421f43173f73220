import { term, verbatim } from '../texts/said.js';
import type { Said } from '../texts/said.js';

const stores = [
  term('event store', 'event store', 'Händelselagret'),
  term('document store', 'document store', 'Dokumentlagret'),
  term('job queue', 'job queue', 'Jobbkön'),
  term('stream of job events', 'stream of job events', 'Strömmen av jobbhändelser'),
];

/** What a store is called in words. */
export const storeNamed = (store: string): Said => stores.find(({ code }) => code === store) ?? verbatim(store);
