import { idOf, isCode, isId } from '#kernel';
import type { JobReference, NewJob } from './jobs.port.js';

/** The id of the one job with that name, tenant and key. It begins with the name, so that an adapter can find the queue by it. @throws TypeError where the name is none */
export function jobIdOf({ key, name, tenant }: Pick<NewJob, 'name' | 'key' | 'tenant'>): string {
  if (!isName(name)) {
    throw new TypeError(`${name} is no name of a job: use a–z, 0–9 and single hyphens, at most ${longestName}`);
  }
  return `${name}.${idOf('job', tenant ?? '', name, key)}`;
}

/** The id that a reference means. */
export const idOfReference = (job: JobReference): string => (typeof job === 'string' ? job : jobIdOf(job));

/** The name in an id; undefined where the text is no id of a job. */
export function nameInId(id: string): string | undefined {
  const [name = '', key = '', ...more] = id.split('.');
  return isName(name) && isId(key) && more.length === 0 ? name : undefined;
}

/** A name is part of the names of queues, which others keep short. */
const longestName = 60;

const isName = (name: string): boolean => isCode(name) && name.length <= longestName;
