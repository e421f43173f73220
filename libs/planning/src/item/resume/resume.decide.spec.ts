import { describe, it } from '@jest/globals';
import { idNumbered } from '#kernel/testing';
import { adopted, command, discontinued, given, held, onDay, resumed } from '../testing/item.examples.js';

describe('An item is taken up again', () => {
  const resume = (on: string, data: object = {}) => command('ResumeItem', data, undefined, on);
  const rests = [adopted(), onDay('2025-03-01', held())];

  it('before the day that was set', () => {
    given(...rests)
      .when(resume('2025-03-31', { comment: 'Bidraget kom' }))
      .then(resumed({ comment: 'Bidraget kom' }));
    given(...rests)
      .when(resume('2025-03-01'))
      .then(resumed());
  });

  it('not where it goes on already: it never rested, not yet, not any more, or was taken up before', () => {
    given(adopted()).when(resume('2025-03-31')).then();
    given(...rests)
      .when(resume('2025-02-28'))
      .then();
    given(...rests)
      .when(resume('2025-09-01'))
      .then();
    given(...rests, onDay('2025-03-15', resumed()))
      .when(resume('2025-03-31'))
      .then();
  });

  it('for another reason, where that is corrected', () => {
    given(...rests, onDay('2025-03-15', resumed({ comment: 'Fel' })))
      .when({ ...resume('2025-03-15', { comment: 'Bidraget kom' }), corrects: idNumbered(2) })
      .then(resumed({ comment: 'Bidraget kom' }));
  });

  it('not after its end', () => {
    given(...rests, onDay('2025-03-15', discontinued))
      .when(resume('2025-03-31'))
      .refused('item-in-force');
  });

  it('from the hold of the day, also where another is to come', () => {
    given(...rests, onDay('2027-01-01', held({ until: '2027-06-01' })))
      .when(resume('2025-03-31'))
      .then(resumed());
    given(...rests, onDay('2027-01-01', held({ until: '2027-06-01' })))
      .when(resume('2026-01-01'))
      .then();
  });
});
