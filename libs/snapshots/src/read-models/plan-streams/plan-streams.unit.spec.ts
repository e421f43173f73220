import { describe, expect, it } from '@jest/globals';
import type { Document } from '#document-store';
import { ReadModelsBehind } from '#projecting';
import type { ProjectionAdmin, ReadModels } from '#projecting';
import { snapshotRules } from '../../rules/snapshot-rules.js';
import { planStreams } from './plan-streams.projection.js';
import { PlanStreams } from './plan-streams.js';

const end = '00000000000000000009';
const document: Document = { _id: 'plan:t.item-1', tenant: 't', scope: 'plan', stream: 't.item-1', since: end };

/** Doubles of what answers: the documents have come so far, and lack events where it was decided so. */
function answering({ behind = false, parked = false, skipped = [] as unknown[] } = {}): PlanStreams {
  const asked: string[] = [];
  const fails = () => Promise.reject(new ReadModelsBehind(end, [planStreams.name]));
  const readModels = {
    waitFor: () => (behind ? fails() : Promise.resolve(void asked.push('waited'))),
    find: (_: unknown, { scope }: { scope: string }) => {
      // Nothing is read before it is known how far the documents have come.
      if (asked.length < 2) throw new Error('Read too early');
      return Promise.resolve(scope === 'plan' ? [document] : []);
    },
  } as unknown as ReadModels;
  const admin = {
    requireInStep: () => (parked ? fails() : Promise.resolve(void asked.push('in step'))),
    status: () => Promise.resolve([{ name: planStreams.name, skipped }]),
  } as unknown as ProjectionAdmin;
  return new PlanStreams(readModels, admin);
}

describe('The streams of a plan', () => {
  it('are named by documents that have come to the event that bounds what is asked', async () => {
    expect(await answering().of('t', 'plan', end)).toEqual(['t.item-1']);
  });

  it('are not named by documents that are behind, parked, or of another log', async () => {
    await expect(answering({ behind: true }).of('t', 'plan', end)).rejects.toThrow(ReadModelsBehind);
    await expect(answering({ parked: true }).of('t', 'plan', end)).rejects.toThrow(ReadModelsBehind);
  });

  it('are not told by documents that lack an event, which may have named one', async () => {
    expect(await answering({ skipped: [{}] }).of('t', 'plan', end)).toBeUndefined();
  });

  it('are named by every event that a rule reads, but for judgements and values', () => {
    const reads = new Set(Object.values(snapshotRules).flatMap((rule) => rule.reads));
    const on = planStreams.on as Readonly<Record<string, unknown>>;
    const silent = [...reads].filter((type) => on[type] === undefined).sort();
    expect(silent).toEqual([
      'AssessmentCorrected',
      'AssessmentReinstated',
      'AssessmentWithdrawn',
      'IndicatorValueCorrected',
      'IndicatorValueRecorded',
      'ItemAssessed',
    ]);
  });
});
