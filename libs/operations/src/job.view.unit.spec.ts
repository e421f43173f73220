import { describe, expect, it } from '@jest/globals';
import type { Job } from '#jobs';
import { NotFound, StoreUnavailable } from '#kernel';
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

  it('tells what was kept in one language as it is', () => {
    expect(jobViewOf({ ...job, error: 'The disk is full' }, 'sv')).toMatchObject({ error: 'The disk is full' });
    expect(jobViewOf({ ...job, error: 'The disk is full' }, 'sv')).not.toHaveProperty('errorCode');
  });
});
