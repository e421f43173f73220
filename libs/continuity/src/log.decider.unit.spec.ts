import { describe, it } from '@jest/globals';
import { specify } from '#kernel/testing';
import { decidedLog } from './log.decider.js';
import type { AcceptLog } from './log.decider.js';
import type { LogAccepted } from './log.events.js';

const { given } = specify(decidedLog.decider);

const [position, other] = ['00000000000000000007', '00000000000000000009'];
const eventId = '018f0000-0000-7000-8000-000000000001';
const accepted = (lost: LogAccepted['data']['lost'], reason = 'The disk was lost'): LogAccepted => ({
  type: 'LogAccepted',
  data: { reason, lost, end: '3' },
});
const accept = (lost: AcceptLog['data']['lost'], reason = 'The disk was lost'): AcceptLog => ({
  type: 'AcceptLog',
  id: 'log',
  data: { lost, reason },
  facts: { end: '3' },
  effectiveOn: '2025-03-31',
});

describe('A log is accepted', () => {
  it('in place of the one that held what it lacks, and says what that is', () => {
    const lost = { position, eventId, stream: 'uppsala.a-2', revision: 1 };
    given().when(accept(lost)).then(accepted(lost));
    given().when(accept({ position })).then(accepted({ position }));
  });

  it('once for what it lacks, and again where it lacks something else', () => {
    const lost = { position, eventId, stream: 'uppsala.a-2', revision: 1 };
    given(accepted(lost)).when(accept(lost, 'Once more')).then();
    given(accepted(lost))
      .when(accept({ position: other }))
      .then(accepted({ position: other }));
    given(accepted({ position })).when(accept(lost)).then(accepted(lost));
  });
});
