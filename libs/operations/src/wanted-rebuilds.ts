import type { NewJob } from '#jobs';
import type { ProjectionAdmin } from '#projecting';
import type { DueWork } from './due-work.js';
import { rebuildJobOf } from './rebuild-projection.job.js';

/** Rebuilds that were accepted: they are noted beside the documents until they are done, whatever the queue loses. */
export class WantedRebuilds implements DueWork {
  /** A log that is damaged is an answer. */
  readonly mayBeRefused = true;

  constructor(private readonly admin: Pick<ProjectionAdmin, 'forgetRebuild' | 'wantedRebuilds'>) {}

  async due(): Promise<readonly NewJob[]> {
    return (await this.admin.wantedRebuilds()).map(rebuildJobOf);
  }

  async settle(completed: readonly NewJob[]): Promise<void> {
    const keys = completed.map(({ key }) => key);
    const done = (await this.admin.wantedRebuilds()).filter(({ key }) => keys.includes(key));
    for (const { key, projection } of done) await this.admin.forgetRebuild(projection, key);
  }
}
