/** `<tenant>.<category>-<id>`: where one aggregate's story is told. */
export const streamName = (tenant: string, category: string, id: string): string => `${tenant}.${category}-${id}`;

/** Whose streams hold what happens to the system itself. No caller belongs to it. */
export const systemTenant = 'system';

/** Whether a text can name a tenant: lower-case letters, digits and single hyphens. */
export const isTenant = (text: string): boolean =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60 && text !== systemTenant;

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
