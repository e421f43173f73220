import { describe, it } from '@jest/globals';
import { specify } from '#kernel/testing';
import { bodies } from './body.decider.js';
import type { AliasFacts, BodyCommand } from './body.decider.js';
import type { BodyEvent } from './body.events.js';

const { given } = specify(bodies.decider);
const bodyId = '018f0000-0000-7000-8000-000000000001';

const registered: BodyEvent = { type: 'BodyRegistered', data: { bodyId, name: 'Omsorgsnämnden', kind: 'board' } };
const aliased = (alias: string, from?: string, to?: string): BodyEvent => ({
  type: 'BodyAliasAdded',
  data: { bodyId, alias, ...(from && { from }), ...(to && { to }) },
});
const command = <C extends BodyCommand['type']>(
  type: C,
  data: Extract<BodyCommand, { type: C }>['data'],
  { effectiveOn = '2025-02-01', facts }: { effectiveOn?: string; facts?: AliasFacts } = {},
) => ({ type, id: bodyId, data, facts: facts ?? { takenBy: undefined }, effectiveOn }) as BodyCommand;

describe('A body', () => {
  it('is registered once', () => {
    const register = command('RegisterBody', { name: 'Omsorgsnämnden', kind: 'board' });
    given().when(register).then(registered);
    given(registered).when(register).refused('body-registered-once');
  });

  it('takes a new name, and none that it has', () => {
    given(registered)
      .when(command('RenameBody', { name: 'Nämnden för omsorg' }))
      .then({ type: 'BodyRenamed', data: { bodyId, name: 'Nämnden för omsorg' } });
    given(registered)
      .when(command('RenameBody', { name: 'Omsorgsnämnden' }))
      .then();
  });

  it('takes a name from a day on by what it is called on that day, and none before it is registered', () => {
    const renamed = (name: string): BodyEvent => ({ type: 'BodyRenamed', data: { bodyId, name } });
    const history = [registered, { ...renamed('Nämnden 2027'), effectiveOn: '2027-01-01' }];
    given(...history)
      .when(command('RenameBody', { name: 'Omsorgsnämnden' }))
      .then();
    given(...history)
      .when(command('RenameBody', { name: 'Nämnden 2027' }))
      .then(renamed('Nämnden 2027'));
    given(registered)
      .when(command('RenameBody', { name: 'Nämnden' }, { effectiveOn: '2024-12-31' }))
      .refused('renamed-after-registration');
  });

  it('takes an alias for a time that no other alias of the same text covers', () => {
    given(registered)
      .when(command('AddBodyAlias', { alias: 'OMN' }))
      .then(aliased('OMN'));
    given(registered, aliased('OMN', '2020-01-01', '2022-12-31'))
      .when(command('AddBodyAlias', { alias: 'OMN', from: '2023-01-01' }))
      .then(aliased('OMN', '2023-01-01'));
    given(registered, aliased('OMN', '2020-01-01'))
      .when(command('AddBodyAlias', { alias: 'OMN', from: '2023-01-01' }))
      .refused('alias-once-a-time');
  });

  it('takes the same alias again without a trace', () => {
    given(registered, aliased('OMN'))
      .when(command('AddBodyAlias', { alias: 'OMN' }))
      .then();
  });

  it('takes no alias that ends before it begins, and none that means another body', () => {
    given(registered)
      .when(command('AddBodyAlias', { alias: 'OMN', from: '2023-01-01', to: '2022-12-31' }))
      .refused('period-in-order');
    given(registered)
      .when(command('AddBodyAlias', { alias: 'IFN' }, { facts: { takenBy: 'Idrotts- och fritidsnämnden' } }))
      .refused('alias-means-one-body');
  });

  it('is dissolved into others, and takes no new name after that day', () => {
    const dissolved: BodyEvent = { type: 'BodyDissolved', data: { bodyId, successors: ['other'] } };
    given(registered)
      .when(command('DissolveBody', { successors: ['other'] }))
      .then(dissolved);
    given({ ...registered }, { ...dissolved, effectiveOn: '2025-01-31' })
      .when(command('RenameBody', { name: 'Ny' }))
      .refused('body-not-dissolved');
    given({ ...registered }, { ...dissolved, effectiveOn: '2025-12-31' })
      .when(command('RenameBody', { name: 'Ny' }))
      .then({ type: 'BodyRenamed', data: { bodyId, name: 'Ny' } });
    given(registered)
      .when(command('DissolveBody', { successors: [bodyId] }))
      .refused('successor-is-another');
  });
});
