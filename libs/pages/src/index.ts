export { servePages } from './serve-pages.js';
export type { PagesOptions } from './serve-pages.js';
export type { Person } from './sign-in/person.js';
