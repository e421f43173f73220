import { describe, expect, it } from '@jest/globals';
import { RuleViolation } from '#kernel';
import { fold, specify } from '#kernel/testing';
import {
  amended,
  april,
  cancelled,
  decided,
  extended,
  extensionRecalled,
  frozen,
  ids,
  opened,
  plan,
  planned,
  recalled,
  recorded,
  reissued,
  reminded,
  reported,
  sha256,
  standing,
} from '../testing/round.examples.js';
import { currentRule } from './current-rule.js';
import { rounds } from './round.decider.js';
import type { RoundCommand } from './round.decider.js';
import type { RoundEvent } from './round.events.js';

const { given } = specify(rounds.decider);

type Of<Type extends RoundCommand['type']> = Extract<RoundCommand, { type: Type }>;
const command = <Type extends RoundCommand['type']>(
  type: Type,
  data: Of<Type>['data'],
  facts?: Of<Type>['facts'],
): RoundCommand => ({ type, id: ids.round, data, facts, effectiveOn: '2025-05-02' }) as RoundCommand;

const { deadline: _, label: __, referenceDate: ___, scope: ____, ...occasion } = april;
const planRound = (data: Partial<Of<'PlanRound'>['data']> = {}, sameOccasion?: string) =>
  command('PlanRound', { ...occasion, ...data }, { plan, sameOccasion });
const open = (data: Partial<Of<'OpenRound'>['data']> = {}, sameOccasion?: string) =>
  command('OpenRound', { ...april, ...data }, { plan, sameOccasion });
const openPlanned = () => command('OpenPlannedRound', {});
const amend = (data: Partial<Of<'AmendRound'>['data']>) =>
  command('AmendRound', { ...data, reason: 'Nämnderna sammanträder senare' }, { plan });
const cancel = () => command('CancelRound', { reason: 'Fel dag' });
const extend = (bodyId: string, deadline = '2025-05-07') =>
  command('ExtendDeadline', { bodyId, deadline, reason: 'Sammanträder i maj' });
const recallExtension = (bodyId: string) => command('RecallExtension', { bodyId, reason: 'Fel nämnd' });
const ready = (bodyId: string, comment?: string) =>
  command('MarkReady', { bodyId, ...(comment && { comment }) }, { standing });
const recall = (bodyId: string) => command('RecallReady', { bodyId, reason: 'Ett uppdrag återstår' });
const remind = () => command('RemindBodies', {}, { standing });
const freeze = (override?: string) => command('FreezeRound', { ...(override && { override }) }, { standing });
const reissue = (haveGroundsChanged = true) =>
  command('ReissueSnapshot', { reason: 'Rättad bedömning' }, { haveGroundsChanged });
const record = (data: Partial<Of<'RecordSnapshot'>['data']> = {}) =>
  command('RecordSnapshot', { snapshotId: ids.snapshot, issue: 1, rule: currentRule, sha256, bytes: 100, ...data });
const formal = { bodyId: ids.owner, date: '2025-05-20', paragraph: '§ 87' };
const decide = (data: Of<'DecideRound'>['data'] = {}, decision: Of<'DecideRound'>['facts']['decision'] = formal) =>
  command('DecideRound', data, { decision, ownerId: ids.owner });

const ownerLacks = { bodyId: ids.owner, itemIds: [ids.item, ids.otherItem] };
const bodyLacks = { bodyId: ids.body, itemIds: [] };

describe('Who may contribute in a round', () => {
  const { othersMayContribute: _others, ...unsaid } = april;
  const openUnsaid = command('OpenRound', unsaid, { plan, sameOccasion: undefined });
  const as = (othersMayContribute: boolean) => ({ roundId: ids.round, ...april, othersMayContribute });

  it('is recorded, also where it is left out', () => {
    given().when(openUnsaid).then(opened);
    given()
      .when(open({ othersMayContribute: false }))
      .then({ type: 'RoundOpened', data: as(false) });
  });

  it('is as it was planned where it is left out, and no other', () => {
    const plannedWithout: RoundEvent = { type: 'RoundPlanned', data: { ...as(false), schedule: { remindsOn: [] } } };
    given(plannedWithout)
      .when(openUnsaid)
      .then({ type: 'RoundOpened', data: as(false) });
    given(plannedWithout)
      .when(open({ othersMayContribute: true }))
      .refused('opened-as-planned');
  });
});

describe('A round is amended', () => {
  const scheduled = planned({ remindsOn: ['2025-04-20'], freezesOn: '2025-05-02' });

  it('while it is planned and while it is open: what is given alone, and only where it differs', () => {
    given(planned())
      .when(amend({ deadline: '2025-05-07' }))
      .then(amended({ deadline: '2025-05-07' }));
    given(opened)
      .when(amend({ label: 'Vår', referenceDate: '2025-03-30', scope: ['fokusmal'] }))
      .then(amended({ label: 'Vår', referenceDate: '2025-03-30', scope: ['fokusmal'] }));
    given(opened)
      .when(amend({ deadline: april.deadline, label: 'Vår' }))
      .then(amended({ label: 'Vår' }));
    given(opened)
      .when(amend({ deadline: april.deadline }))
      .then();
    given(opened, amended({ deadline: '2025-05-07' }))
      .when(amend({ deadline: '2025-05-07' }))
      .then();
  });

  it('in who may contribute, which holds from then on, also once it is frozen', () => {
    given(opened)
      .when(amend({ othersMayContribute: false }))
      .then(amended({ othersMayContribute: false }));
    given(opened)
      .when(amend({ othersMayContribute: true }))
      .then();
    const { roundId, ...content } = { roundId: ids.round, ...april, othersMayContribute: false };
    given(planned(), amended({ othersMayContribute: false }))
      .when(openPlanned())
      .then({ type: 'RoundOpened', data: { roundId, ...content } });
    expect(fold(rounds.decider, [opened, amended({ othersMayContribute: false }), frozen()])).toMatchObject({
      status: 'frozen',
      othersMayContribute: false,
    });
  });

  it('with its schedule, which is given whole', () => {
    const schedule = { remindsOn: ['2025-04-22'], freezesOn: '2025-05-05' };
    given(scheduled).when(amend({ schedule })).then(amended({ schedule }));
    given(scheduled, opened).when(amend({ schedule })).then(amended({ schedule }));
    given(scheduled)
      .when(amend({ schedule: {} }))
      .then(amended({ schedule: { remindsOn: [] } }));
    given(opened).when(amend({ schedule })).then(amended({ schedule }));
    given(scheduled, opened, amended({ schedule })).when(amend({ schedule })).then();
  });

  it('by the rules that it is planned by', () => {
    given(opened)
      .when(amend({ deadline: '2025-03-30' }))
      .refused('deadline-after-reference');
    given(planned())
      .when(amend({ referenceDate: '2025-05-01' }))
      .refused('deadline-after-reference');
    given(opened)
      .when(amend({ scope: ['mal'] }))
      .refused('kind-of-plan');
    given(scheduled)
      .when(amend({ deadline: '2025-05-02' }))
      .refused('frozen-after-deadline');
    given(scheduled, opened)
      .when(amend({ deadline: '2025-05-02' }))
      .refused('frozen-after-deadline');
    given(scheduled, opened)
      .when(amend({ schedule: { remindsOn: ['2025-05-04'], freezesOn: '2025-05-03' } }))
      .refused('schedule-in-order');
  });

  it('and opens as it was amended', () => {
    const content = { ...april, deadline: '2025-05-07' };
    given(planned(), amended({ deadline: '2025-05-07' }))
      .when(openPlanned())
      .then({ type: 'RoundOpened', data: { roundId: ids.round, ...content } });
    given(planned(), amended({ deadline: '2025-05-07' }))
      .when(open())
      .refused('opened-as-planned');
  });

  it('not once it is frozen or cancelled', () => {
    given(opened, frozen())
      .when(amend({ label: 'Vår' }))
      .refused('round-not-frozen');
    given(opened, cancelled)
      .when(amend({ label: 'Vår' }))
      .refused('round-not-cancelled');
  });
});

describe('A body has longer than the others', () => {
  it('up to a day after theirs, until that is taken back', () => {
    given(opened).when(extend(ids.body)).then(extended(ids.body));
    given(planned()).when(extend(ids.body)).then(extended(ids.body));
    given(opened, extended(ids.body)).when(extend(ids.body)).then();
    given(opened, extended(ids.body)).when(extend(ids.body, '2025-05-09')).then(extended(ids.body, '2025-05-09'));
    given(opened, extended(ids.body)).when(recallExtension(ids.body)).then(extensionRecalled(ids.body));
    given(opened, extended(ids.body)).when(recallExtension(ids.owner)).then();
    given(opened, extended(ids.body), extensionRecalled(ids.body)).when(extend(ids.body)).then(extended(ids.body));
    given(opened).when(extend(ids.body, april.deadline)).refused('extension-after-deadline');
  });

  it('and is not cut off by a scheduled freeze', () => {
    const scheduled = planned({ freezesOn: '2025-05-05' });
    given(scheduled, opened).when(extend(ids.body)).refused('frozen-after-deadline');
    given(scheduled, opened).when(extend(ids.body, '2025-05-04')).then(extended(ids.body, '2025-05-04'));
    given(opened, extended(ids.body))
      .when(amend({ schedule: { freezesOn: '2025-05-05' } }))
      .refused('frozen-after-deadline');
    given(planned(), extended(ids.body))
      .when(planRound({ schedule: { freezesOn: '2025-05-05' } }))
      .refused('frozen-after-deadline');
    given(planned(), extended(ids.body), planned(), opened)
      .when(amend({ schedule: { freezesOn: '2025-05-05' } }))
      .refused('frozen-after-deadline');
  });

  it('not once the round is frozen or cancelled', () => {
    for (const given_ of [extend(ids.body), recallExtension(ids.body)]) {
      given(opened, extended(ids.body), frozen()).when(given_).refused('round-not-frozen');
      given(opened, cancelled).when(given_).refused('round-not-cancelled');
    }
  });
});

describe('A round is cancelled', () => {
  it('while it is planned and while it is open, once', () => {
    given(planned()).when(cancel()).then(cancelled);
    given(opened, reported(ids.body)).when(cancel()).then(cancelled);
    given(opened, cancelled).when(cancel()).then();
    given(opened, frozen()).when(cancel()).refused('round-not-frozen');
    given(opened, frozen(), recorded(), decided()).when(cancel()).refused('round-not-frozen');
  });

  it('and nothing more is said in it', () => {
    const all = [
      ...[planRound(), open(), openPlanned(), ready(ids.body), recall(ids.body), remind(), freeze('Prov')],
      ...[reissue(), record(), decide()],
    ];
    for (const one of all) given(opened, cancelled).when(one).refused('round-not-cancelled');
    for (const one of all) given(planned(), cancelled).when(one).refused('round-not-cancelled');
  });
});

describe('A round is planned', () => {
  it("from the plan's calendar, and otherwise where the command says so", () => {
    given().when(planRound()).then(planned());
    given()
      .when(planRound({ label: 'Vår' }))
      .then({ ...planned(), data: { ...planned().data, label: 'Vår' } } as never);
    given()
      .when(planRound({ kind: 'augusti' }))
      .refused('occasion-in-calendar');
  });

  it('with days on which it opens, reminds and freezes, in their order', () => {
    const schedule = { opensOn: '2025-04-01', remindsOn: ['2025-04-25', '2025-04-20'], freezesOn: '2025-05-02' };
    given()
      .when(planRound({ schedule }))
      .then(planned({ ...schedule, remindsOn: ['2025-04-20', '2025-04-25'] }));
    given()
      .when(planRound({ schedule: { opensOn: '2025-04-21', remindsOn: ['2025-04-20'] } }))
      .refused('schedule-in-order');
    given()
      .when(planRound({ schedule: { opensOn: '2025-05-01' } }))
      .refused('schedule-in-order');
    given()
      .when(planRound({ schedule: { remindsOn: ['2025-05-03'], freezesOn: '2025-05-02' } }))
      .refused('schedule-in-order');
    given()
      .when(planRound({ schedule: { freezesOn: '2025-04-30' } }))
      .refused('frozen-after-deadline');
  });

  it('anew until it is opened, and the same again changes nothing', () => {
    given(planned()).when(planRound()).then();
    given(planned())
      .when(planRound({ schedule: { opensOn: '2025-04-01' } }))
      .then(planned({ opensOn: '2025-04-01' }));
    given(planned(), opened).when(planRound()).refused('round-opened-once');
    given(opened, frozen()).when(planRound()).refused('round-not-frozen');
  });

  it('once for its plan, kind and year', () => {
    given().when(planRound({}, 'Uppföljning per april')).refused('round-once');
  });
});

describe('A round is opened', () => {
  it('once', () => {
    given().when(open()).then(opened);
    given(opened).when(open()).refused('round-opened-once');
    given(opened, frozen()).when(open()).refused('round-not-frozen');
  });

  it('as it was planned, and no otherwise', () => {
    given(planned()).when(openPlanned()).then(opened);
    given(planned()).when(open()).then(opened);
    given(planned())
      .when(open({ deadline: '2025-05-15' }))
      .refused('opened-as-planned');
    given(planned(), opened).when(openPlanned()).refused('round-opened-once');
    given().when(openPlanned()).refused('round-planned');
  });

  it('once for its plan, kind and year', () => {
    given().when(open({}, 'Uppföljning per april')).refused('round-once');
  });

  it('and is due on the day that it speaks of at the earliest', () => {
    const due = { ...opened, data: { ...opened.data, deadline: '2025-03-31' } } as typeof opened;
    given()
      .when(open({ deadline: '2025-03-31' }))
      .then(due);
    given()
      .when(open({ deadline: '2025-03-30' }))
      .refused('deadline-after-reference');
  });

  it('and assesses something, and only kinds that the plan has', () => {
    given()
      .when(open({ scope: [] }))
      .refused('round-has-scope');
    given()
      .when(open({ scope: ['uppdrag', 'aktivitet'] }))
      .refused('kind-of-plan');
  });
});

describe('A body', () => {
  it('is ready when it says so, also with items missing, and the same again changes nothing', () => {
    given(opened).when(ready(ids.owner)).then(reported(ids.owner));
    given(opened, reported(ids.owner)).when(ready(ids.owner)).then();
    given(opened, reported(ids.owner)).when(ready(ids.owner, 'Två återstår')).then(reported(ids.owner, 'Två återstår'));
    given(opened, reported(ids.owner), recalled(ids.owner)).when(ready(ids.owner)).then(reported(ids.owner));
  });

  it('is ready only where it owes assessments', () => {
    given(opened).when(ready(ids.snapshot)).refused('body-owes-assessments');
  });

  it('takes it back, where it was ready', () => {
    given(opened, reported(ids.body)).when(recall(ids.body)).then(recalled(ids.body));
    given(opened).when(recall(ids.body)).then();
    given(opened, reported(ids.owner)).when(recall(ids.body)).then();
  });

  it('is neither ready nor not before the round opens, nor once it is frozen', () => {
    for (const asked of [ready(ids.body), recall(ids.body), remind()]) {
      given(planned()).when(asked).refused('round-open');
      given(opened, frozen()).when(asked).refused('round-not-frozen');
    }
  });

  it('is reminded of what it lacks until it is ready', () => {
    given(opened).when(remind()).then(reminded(ownerLacks, bodyLacks));
    given(opened, reported(ids.owner)).when(remind()).then(reminded(bodyLacks));
    given(opened, reported(ids.owner), reported(ids.body)).when(remind()).then();
  });
});

describe('A round is frozen', () => {
  const allReady = [opened, reported(ids.owner), reported(ids.body)];

  it('when every body is ready, also where items are missing', () => {
    given(...allReady)
      .when(freeze())
      .then(frozen());
  });

  it('without a body only for a reason, which is kept with what was missing', () => {
    given(opened, reported(ids.body)).when(freeze()).refused('bodies-ready');
    given(opened, reported(ids.body))
      .when(freeze('Nämnden sammanträder'))
      .then(frozen({ missing: [ownerLacks], override: 'Nämnden sammanträder' }));
    given(...allReady)
      .when(freeze('För säkerhets skull'))
      .then(frozen());
  });

  it('and a refusal names the bodies and what they lack', () => {
    const refusal = () => rounds.decider.decide(freeze(), fold(rounds.decider, [opened]));
    expect(refusal).toThrow(RuleViolation);
    expect(refusal).toThrow('Kommunstyrelsen lacks Uppdrag 7, Uppdrag 10; Kulturnämnden lacks nothing');
  });

  it('once, and only when it is open', () => {
    given(...allReady, frozen())
      .when(freeze())
      .refused('round-frozen-once');
    given(planned()).when(freeze()).refused('round-open');
  });

  it.each([
    ['a revision of its plan is under way', { revisionUnderWay: ids.plan }, 'revision-under-way'],
    ['a reorganisation is', { reorganisationUnderWay: ids.plan }, 'reorganisation-under-way'],
    ['a load is being taken back', { takeBackUnderWay: ids.plan }, 'take-back-under-way'],
  ])('and issued anew, not while %s', (_, underWay, refusal) => {
    given(...allReady)
      .when(command('FreezeRound', {}, { standing, ...underWay }))
      .refused(refusal);
    given(opened, frozen())
      .when(command('ReissueSnapshot', { reason: 'Rättad bedömning' }, { ...underWay, haveGroundsChanged: true }))
      .refused(refusal);
  });
});

describe('A snapshot', () => {
  it('is issued anew after the freeze, and its issues are numbered on', () => {
    given(opened).when(reissue()).refused('round-frozen');
    given(opened, frozen()).when(reissue()).then(reissued());
    given(opened, frozen(), reissued()).when(reissue()).then(reissued(3));
    given(opened, frozen(), recorded(), decided()).when(reissue()).then(reissued());
    given(opened, frozen()).when(reissue(false)).refused('issue-tells-more');
  });

  it('is recorded once: the same bytes change nothing, others are refused', () => {
    given(opened, frozen()).when(record()).then(recorded());
    given(opened, frozen(), recorded()).when(record()).then();
    given(opened, frozen(), recorded())
      .when(record({ sha256: 'b'.repeat(64) }))
      .refused('snapshot-stays');
  });

  it('is recorded for an issue that was asked for, by the rule of that issue', () => {
    given(opened).when(record()).refused('round-frozen');
    given(opened, frozen())
      .when(record({ issue: 2 }))
      .refused('issue-exists');
    given(opened, frozen())
      .when(record({ rule: currentRule + 1 }))
      .refused('rule-of-issue');
    given(opened, frozen(), reissued())
      .when(record({ issue: 2, sha256: 'b'.repeat(64) }))
      .then(recorded({ issue: 2, sha256: 'b'.repeat(64) }));
  });
});

describe('A round is decided', () => {
  const issued = [opened, { ...frozen(), effectiveOn: '2025-05-02' }, recorded()];

  it('on the newest issue, or on the one that is named', () => {
    given(...issued)
      .when(decide())
      .then(decided());
    given(...issued, reissued(), recorded({ issue: 2 }))
      .when(decide())
      .then(decided(2));
    given(...issued, reissued(), recorded({ issue: 2 }))
      .when(decide({ issue: 1 }))
      .then(decided());
    given(...issued)
      .when(decide({ issue: 2 }))
      .refused('issue-exists');
  });

  it('once an issue, whose snapshot has been made', () => {
    given(...issued, decided())
      .when(decide())
      .refused('issue-decided-once');
    given(...issued, decided(), reissued())
      .when(decide())
      .refused('snapshot-recorded');
    given(...issued, decided(), reissued(), recorded({ issue: 2 }))
      .when(decide())
      .then(decided(2));
    given(opened).when(decide()).refused('round-frozen');
  });

  it('by a formal decision of the body that owns the plan, made when there was something to decide on', () => {
    given(...issued)
      .when(command('DecideRound', {}, { decision: undefined, ownerId: ids.owner }))
      .refused('decision-formal');
    given(...issued)
      .when(decide({}, { bodyId: ids.owner, date: '2025-05-20' }))
      .refused('decision-formal');
    given(...issued)
      .when(decide({}, { ...formal, bodyId: ids.body }))
      .refused('owner-decides');
    given(...issued)
      .when(decide({}, { ...formal, date: '2025-05-01' }))
      .refused('decided-after-issue');
  });
});
