export { escaped, Html, html } from './html.js';
export type { Content } from './html.js';
