import { describe, it } from '@jest/globals';
import { adopted, command, completed, given, held, onDay, resumed } from '../testing/item.examples.js';

describe('An item is put on hold', () => {
  const hold = (data: object = {}, on = '2025-03-31') =>
    command('HoldItem', { until: '2025-09-01', reason: 'Väntar på statsbidrag', ...data }, undefined, on);

  it('until a day, for a reason', () => {
    given(adopted()).when(hold()).then(held());
  });

  it('until a later day than the one from which it rests', () => {
    given(adopted())
      .when(hold({ until: '2025-03-31' }))
      .refused('hold-ends-later');
    given(adopted())
      .when(hold({ until: '2025-04-01' }))
      .then(held({ until: '2025-04-01' }));
  });

  it('once in the same words, and longer where that is said', () => {
    given(adopted(), onDay('2025-03-01', held())).when(hold()).then();
    given(adopted(), onDay('2025-03-01', held()))
      .when(hold({ until: '2025-12-01' }))
      .then(held({ until: '2025-12-01' }));
  });

  it('also from an earlier day than was known, and again after it went on', () => {
    given(adopted(), onDay('2025-06-01', held())).when(hold()).then(held());
    given(adopted(), onDay('2025-02-01', held()), onDay('2025-03-01', resumed())).when(hold()).then(held());
  });

  it('only while it is in force', () => {
    given(adopted(), onDay('2025-03-31', completed)).when(hold()).refused('item-in-force');
    given().when(hold()).refused('item-adopted');
  });
});
