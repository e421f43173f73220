import type { Api } from './api/api.js';
import type { Problem } from './api/api-refused.js';
import type { Page } from './layout/layout.js';
import type { Person } from './sign-in/person.js';

/** What a page is made from. */
export interface PageRequest {
  readonly api: Api;
  readonly person: Person;
  readonly params: Readonly<Record<string, string>>;
  /** The query of the address; what comes several times counts once, the first. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly csrf: string;
}

/** Makes a page of what the API answers. @throws ApiRefused, NoSuchPage */
export type PageOf = (request: PageRequest) => Promise<Page>;

/** The fields of a form as they were sent. */
export type Form = Readonly<Record<string, string>>;

/** Does what a form asks for. @returns where somebody is led to then. @throws ApiRefused */
export type Doing = (request: PageRequest, form: Form) => Promise<string>;

/** A form that the API refused: what was written in it, and why. */
export interface Refused {
  readonly form: Form;
  readonly problem: Problem;
}

/** The page of a form, as it is shown at first; and with what was written, where the API refused it. */
export type FormPage = (request: PageRequest, refused?: Refused) => Promise<Page>;

/** There is no page at this address. */
export class NoSuchPage extends Error {
  constructor() {
    super('There is no page at this address');
    this.name = 'NoSuchPage';
  }
}
