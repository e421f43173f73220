import { idOf } from '#kernel';
import type { JobReference, NewJob } from './jobs.port.js';

const pattern = /^(?<name>[a-z0-9]+(-[a-z0-9]+)*)\.[0-9a-f-]{36}$/;

/** The id of the one job with that name, tenant and key. It begins with the name, so that an adapter can find the queue by it. @throws TypeError where the name is none */
export function jobIdOf({ key, name, tenant }: Pick<NewJob, 'name' | 'key' | 'tenant'>): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length > 60) {
    throw new TypeError(`${name} is no name of a job: use a–z, 0–9 and single hyphens, at most 60`);
  }
  return `${name}.${idOf('job', tenant ?? '', name, key)}`;
}

/** The id that a reference means. */
export const idOfReference = (job: JobReference): string => (typeof job === 'string' ? job : jobIdOf(job));

/** The name in an id; undefined where the text is no id of a job. */
export const nameInId = (id: string): string | undefined => pattern.exec(id)?.groups?.['name'];
