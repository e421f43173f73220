import { isCode } from './code.js';

/** `<tenant>.<category>-<id>`: where one aggregate's story is told. */
export const streamName = (tenant: string, category: string, id: string): string => `${tenant}.${category}-${id}`;

/** Whose streams hold what happens to the system itself. No caller belongs to it. */
export const systemTenant = 'system';

/** Whether a text can name a tenant: a code, and not the system's own. */
export const isTenant = (text: string): boolean => isCode(text) && text !== systemTenant;

/** What a stream's name says: the tenant, the category, and the id of the aggregate. */
export function partsOfStream(stream: string): {
  readonly tenant: string;
  readonly category: string;
  readonly id: string;
} {
  const [tenant = '', rest = ''] = stream.split('.');
  const hyphen = rest.indexOf('-');
  return { tenant, category: rest.slice(0, hyphen), id: rest.slice(hyphen + 1) };
}
