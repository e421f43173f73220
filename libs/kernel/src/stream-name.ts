/** `<tenant>.<category>-<id>`: where one aggregate's story is told. */
export const streamName = (tenant: string, category: string, id: string): string => `${tenant}.${category}-${id}`;

/** Whether a text can name a tenant: lower-case letters, digits and single hyphens. */
export const isTenant = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60;
