import { describe, it } from '@jest/globals';
import { term } from '#kernel';
import { idNumbered, specify } from '#kernel/testing';
import { bodies } from './body.decider.js';
import type { AliasFacts, BodyCommand, DissolvingFacts, RestingFacts } from './body.decider.js';
import type { BodyEvent } from './body.events.js';

const { given } = specify(bodies.decider);
const bodyId = '018f0000-0000-7000-8000-000000000001';

const registered: BodyEvent = { type: 'BodyRegistered', data: { bodyId, name: 'Omsorgsnämnden', kind: 'board' } };
const aliased = (alias: string, from?: string, to?: string): BodyEvent => ({
  type: 'BodyAliasAdded',
  data: { bodyId, alias, ...(from && { from }), ...(to && { to }) },
});
const renamed = (name: string): BodyEvent => ({ type: 'BodyRenamed', data: { bodyId, name } });
const dissolved = (successors: string[]): BodyEvent => ({ type: 'BodyDissolved', data: { bodyId, successors } });

interface Told {
  readonly effectiveOn?: string;
  readonly facts?: AliasFacts | DissolvingFacts | RestingFacts;
  /** The revision of the event that it corrects. */
  readonly corrects?: string;
}

const command = <C extends BodyCommand['type']>(
  type: C,
  data: Extract<BodyCommand, { type: C }>['data'],
  { corrects, effectiveOn = '2025-02-01', facts }: Told = {},
) =>
  ({
    type,
    id: bodyId,
    data,
    facts: facts ?? { takenBy: undefined, resting: [], held: [] },
    effectiveOn,
    corrects,
  }) as BodyCommand;

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

  it('is called on a day what was said of it last, whenever that was recorded', () => {
    const ofJune = { effectiveOn: '2025-06-01', recordedAt: '2025-07-01T12:00:00.000Z' };
    const attested = { on: '2025-05-20', role: 'Ordförande', evidence: [] };
    given(registered, { ...renamed('Nämnden'), ...ofJune }, { ...renamed('Fritidsnämnden'), ...ofJune, attested })
      .when(command('RenameBody', { name: 'Nämnden' }, { effectiveOn: '2025-06-01' }))
      .then();
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
    const held = { held: [term('item', 'item Fler i arbete', 'uppdraget Fler i arbete')] };
    given(registered)
      .when(command('DissolveBody', { successors: ['other'] }, { facts: held }))
      .refused('body-has-nothing');
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

  it('is corrected as it was registered, and keeps what it was called later', () => {
    const correct = (data: { name?: string; kind?: 'company' }) =>
      command('CorrectBody', { ...data, reason: 'Fel' }, { effectiveOn: '2025-01-01' });
    given(registered, { ...renamed('Nämnden'), effectiveOn: '2025-06-01' })
      .when(correct({ name: 'Omsorgen' }))
      .then({ type: 'BodyRegistrationCorrected', data: { bodyId, name: 'Omsorgen', kind: 'board', reason: 'Fel' } });
    given(registered)
      .when(correct({ kind: 'company' }))
      .then({
        type: 'BodyRegistrationCorrected',
        data: { bodyId, name: 'Omsorgsnämnden', kind: 'company', reason: 'Fel' },
      });
    given(registered)
      .when(correct({ name: 'Omsorgsnämnden' }))
      .then();
  });

  it('is given the right name of the day on which it got a wrong one, once', () => {
    const wrong = { ...renamed('Omsorsnämnden'), effectiveOn: '2025-06-01' };
    const right = (corrects: string, effectiveOn = '2025-06-01') =>
      command('RenameBody', { name: 'Nämnden för omsorg', reason: 'Felstavat' }, { corrects, effectiveOn });
    const righted = { type: 'BodyRenamed', data: { bodyId, name: 'Nämnden för omsorg', reason: 'Felstavat' } } as const;
    given(registered, wrong)
      .when(right(idNumbered(1)))
      .then(righted);
    given(registered, wrong)
      .when(right(idNumbered(1), '2025-07-01'))
      .refused('day-of-corrected');
    const twice = [registered, wrong, { ...righted, effectiveOn: '2025-06-01', corrects: idNumbered(1) }];
    given(...twice)
      .when(right(idNumbered(1)))
      .refused('corrected-stands');
    given(...twice)
      .when(right(idNumbered(2)))
      .then();
    // After its end, too, what was said before is corrected.
    given(registered, wrong, { ...dissolved([]), effectiveOn: '2025-02-01' })
      .when(right(idNumbered(1)))
      .then(righted);
  });

  it('loses a name, an alias or its end that should never have been recorded, and only once', () => {
    const cancel = (eventId: string) => command('CancelBodyChange', { eventId, reason: 'Fel' });
    const events = [registered, renamed('Nämnden'), aliased('OMN'), dissolved(['other'])];
    const changes = ['BodyRenamed', 'BodyAliasAdded', 'BodyDissolved'] as const;
    for (const [index, change] of changes.entries()) {
      const eventId = idNumbered(index + 1);
      const cancelled = { type: 'BodyChangeCancelled', data: { bodyId, eventId, change, reason: 'Fel' } } as const;
      given(...events)
        .when(cancel(eventId))
        .then(cancelled);
      given(...events, cancelled)
        .when(cancel(eventId))
        .refused('corrected-stands');
    }
    given(...events)
      .when(cancel(idNumbered(0)))
      .refused('corrected-stands');
  });

  it('goes by its former name where a new one is taken back, and may be called again by an alias', () => {
    const taken = (eventId: string, change: 'BodyRenamed' | 'BodyAliasAdded'): BodyEvent => ({
      type: 'BodyChangeCancelled',
      data: { bodyId, eventId, change, reason: 'Fel' },
    });
    given(registered, renamed('Nämnden'), taken(idNumbered(1), 'BodyRenamed'))
      .when(command('RenameBody', { name: 'Omsorgsnämnden' }))
      .then();
    given(registered, aliased('OMN'), taken(idNumbered(1), 'BodyAliasAdded'))
      .when(command('AddBodyAlias', { alias: 'OMN', to: '2025-01-31' }))
      .then(aliased('OMN', undefined, '2025-01-31'));
  });

  it('has an alias amended: its text, its first and its last day', () => {
    const aliasId = idNumbered(1);
    const amend = (data: { alias?: string; from?: string | null; to?: string | null }, facts?: AliasFacts) =>
      command('AmendBodyAlias', { aliasId, reason: 'Fel', ...data }, facts && { facts });
    const amended = (alias: string, from?: string, to?: string): BodyEvent => ({
      type: 'BodyAliasAmended',
      data: { bodyId, aliasId, alias, ...(from && { from }), ...(to && { to }), reason: 'Fel' },
    });
    const events = [registered, aliased('OMN', '2020-01-01')];
    given(...events)
      .when(amend({ to: '2025-12-31' }))
      .then(amended('OMN', '2020-01-01', '2025-12-31'));
    given(...events)
      .when(amend({ alias: 'OSN', from: null }))
      .then(amended('OSN'));
    given(...events)
      .when(amend({ from: '2020-01-01' }))
      .then();
    given(...events)
      .when(amend({ to: '2019-12-31' }))
      .refused('period-in-order');
    given(...events)
      .when(amend({ alias: 'IFN' }, { takenBy: 'Idrotts- och fritidsnämnden' }))
      .refused('alias-means-one-body');
    given(...events, aliased('OMN', '2010-01-01', '2019-12-31'))
      .when(amend({ from: '2015-01-01' }))
      .refused('alias-once-a-time');
    given(registered)
      .when(amend({ to: '2025-12-31' }))
      .refused('corrected-stands');
  });

  it('is not dissolved into others on the same day without a word that nothing changes', () => {
    const events = [registered, { ...dissolved(['other']), effectiveOn: '2025-02-01' }];
    given(...events)
      .when(command('DissolveBody', { successors: ['other'] }))
      .then();
    given(...events)
      .when(command('DissolveBody', { successors: ['third'] }))
      .refused('body-not-dissolved');
    given(...events)
      .when(command('DissolveBody', { successors: ['third'] }, { corrects: idNumbered(1) }))
      .then(dissolved(['third']));
  });

  it('is cancelled where nothing rests on it, and is free to be registered again', () => {
    const cancel = (...resting: string[]) =>
      command(
        'CancelBody',
        { reason: 'Dubblett' },
        {
          facts: { begun: undefined, resting: resting.map((what) => term('item', what, what)) },
        },
      );
    const cancelled: BodyEvent = { type: 'BodyCancelled', data: { bodyId, reason: 'Dubblett' } };
    given(registered).when(cancel()).then(cancelled);
    given(registered).when(cancel('uppdraget')).refused('nothing-rests-on-body');
    given(registered, cancelled).when(cancel()).then();
    given(registered, cancelled)
      .when(command('RenameBody', { name: 'Ny' }))
      .refused('body-not-cancelled');
    given(registered, aliased('OMN'), cancelled)
      .when(command('RegisterBody', { name: 'Omsorgsnämnden', kind: 'board' }))
      .then(registered);
    given(registered, aliased('OMN'), cancelled, registered)
      .when(command('AddBodyAlias', { alias: 'OMN' }))
      .then(aliased('OMN'));
  });
});
