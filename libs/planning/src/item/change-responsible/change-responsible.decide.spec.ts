import { describe, it } from '@jest/globals';
import { adopted, command, given, ids, subject } from '../testing/item.examples.js';

describe('An item changes', () => {
  it('who is responsible', () => {
    given(adopted())
      .when(command('ChangeResponsible', { responsible: [ids.body] }))
      .then({ type: 'ItemResponsibleChanged', data: { ...subject, responsible: [ids.body] } });
    given(adopted({ responsible: [ids.body, ids.otherBody] }))
      .when(command('ChangeResponsible', { responsible: [ids.body, ids.otherBody] }))
      .then();
  });
});
