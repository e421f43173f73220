import { describe, expect, it } from '@jest/globals';
import { skippedBecause } from '#jobs';
import type { Job } from '#jobs';
import { NotFound, say, StoreUnavailable } from '#kernel';
import { jobViewOf } from './job.view.js';

const job: Job = {
  id: 'send-reminder.1',
  name: 'send-reminder',
  key: '1',
  data: {},
  state: 'failed',
  attempts: 1,
  enqueuedAt: '2026-11-24T12:00:00.000Z',
};

describe('A job', () => {
  it('tells why it failed and what it waits for in the language that was asked for', () => {
    const { code, message, said } = new NotFound('round', 'april');
    const store = new StoreUnavailable('event store', undefined);
    const failed: Job = {
      ...job,
      error: message,
      errorSaid: { code, ...said },
      waitingFor: store.message,
      waitingSaid: store.said,
    };
    expect(jobViewOf(failed, 'sv')).toMatchObject({
      error: 'Hittades inte: uppföljningen april',
      errorCode: 'not-found',
      errorParams: { kind: 'round', id: 'april' },
      waitingFor: expect.stringMatching(/svarar inte/),
    });
    expect(jobViewOf(failed, 'en')).toMatchObject({
      error: message,
      errorCode: 'not-found',
      waitingFor: store.message,
    });
  });

  it('tells what is being done, and why nothing was, in the language that was asked for', () => {
    const said = say('The log is read', 'Loggen läses')();
    const told = { ...job, progress: { done: 1, total: 2, note: said }, result: skippedBecause(said) };
    expect(jobViewOf(told, 'sv')).toMatchObject({ progress: { done: 1, total: 2, note: 'Loggen läses' } });
    expect(jobViewOf(told, 'sv').result).toEqual({ skipped: 'Loggen läses' });
    expect(jobViewOf(told, 'en')).toMatchObject({ progress: { note: 'The log is read' } });
    expect(jobViewOf(told, 'en').result).toEqual({ skipped: 'The log is read' });
  });

  it('tells what was kept in one language as it is', () => {
    expect(jobViewOf({ ...job, error: 'The disk is full' }, 'sv')).toMatchObject({ error: 'The disk is full' });
    expect(jobViewOf({ ...job, error: 'The disk is full' }, 'sv')).not.toHaveProperty('errorCode');
    const older = { ...job, progress: { done: 1, total: 2, note: 'Reads' }, result: { skipped: 'Too old' } };
    expect(jobViewOf(older, 'sv')).toMatchObject({ progress: { note: 'Reads' }, result: { skipped: 'Too old' } });
  });
});
