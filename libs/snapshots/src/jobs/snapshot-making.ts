import { Inject, Injectable } from '@nestjs/common';
import type { Job, Jobs, NewJob } from '#jobs';
import { NotFound, say, StoreFailure, verbatim } from '#kernel';
import type { Said } from '#kernel';
import { JOBS } from '#operations';
import type { RoundIssue } from '../shelf/issues-of-round.js';
import { snapshotJob } from './make-snapshot.job.js';

/** How far a snapshot has come. */
export interface Making {
  readonly state: 'made' | 'being-made' | 'failed';
  /** What keeps it from being made; where it waits. */
  readonly waitingFor?: Said;
  /** Why its job failed; it is given another run within a minute. */
  readonly error?: Said;
}

/** Tells of snapshots that have not been made what they wait for. */
@Injectable()
export class SnapshotMaking {
  constructor(@Inject(JOBS) private readonly jobs: Pick<Jobs, 'status'>) {}

  async of(tenant: string, { boundBy, issue, recorded, roundId }: RoundIssue): Promise<Making> {
    if (recorded) return { state: 'made' };
    try {
      const { error, errorSaid, state, waitingFor, waitingSaid } = await this.#job(
        snapshotJob({ tenant, roundId, issue, boundBy }),
        snapshotJob({ tenant, roundId, issue }),
      );
      if (state === 'failed') return { state, ...(error !== undefined && { error: errorSaid ?? verbatim(error) }) };
      return {
        state: 'being-made',
        ...(waitingFor !== undefined && { waitingFor: waitingSaid ?? verbatim(waitingFor) }),
      };
    } catch (failure) {
      if (failure instanceof NotFound) return { state: 'being-made', waitingFor: noJobYet() };
      // Who asks what was frozen need not have the queue.
      if (failure instanceof StoreFailure) return { state: 'being-made', waitingFor: failure.said };
      throw failure;
    }
  }
  /** The first that there is of some jobs. @throws NotFound where there is none */
  async #job(...[first, ...others]: readonly [NewJob, ...NewJob[]]): Promise<Job> {
    try {
      return await this.jobs.status(first);
    } catch (failure) {
      const [next, ...rest] = others;
      if (!next || !(failure instanceof NotFound)) throw failure;
      return this.#job(next, ...rest);
    }
  }
}

const noJobYet = say('No worker has left a job for it yet', 'Inget jobb för den har lämnats ännu');
