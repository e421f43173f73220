export { escaped, Html, html } from '#html';
export type { Content } from '#html';
