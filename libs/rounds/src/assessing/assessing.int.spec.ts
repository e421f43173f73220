import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Forbidden, newId, NotFound, streamName } from '#kernel';
import type { Actor } from '#kernel';
import { ChangeGroupMembersCommand, DefineGroupCommand } from '#organisation';
import {
  AdoptItemCommand,
  AmendPlanCommand,
  AssessItemCommand,
  assessmentIdOf,
  ChangeConcernedCommand,
  ChangeResponsibleCommand,
  CorrectAssessmentCommand,
  ReinstateAssessmentCommand,
  ReviseScaleCommand,
  WithdrawAssessmentCommand,
} from '#planning';
import type { Concerned } from '#planning';
import {
  AmendRoundCommand,
  CancelRoundCommand,
  FreezeRoundCommand,
  OpenRoundCommand,
  PlanRoundCommand,
} from '../round/round.commands.js';
import { controller, levelsOf, PlanOnRecord } from '../testing/plan-on-record.js';

describe('An assessment', () => {
  const item = newId();
  let record: PlanOnRecord;
  let reporter: Actor;

  const assess = async (actor = controller, data: object = {}) => {
    const { bodyId, roundId } = record;
    const judgement = { roundId, bodyId, level: 'delayed', motivation: 'Upphandlingen är överklagad.' };
    const context = record.by(actor);
    await record.put(new AssessItemCommand(item, { ...judgement, ...data }, context));
    return assessmentIdOf(context.commandId);
  };
  const newest = async () => (await record.store.readStream(streamName('uppsala', 'item', item))).at(-1)!;

  beforeEach(async () => {
    record = await PlanOnRecord.open();
    reporter = { id: 'reporter', role: 'reporter', body: record.bodyId };
    const { planId, roundId } = record;
    const uppdrag = { planId, kind: 'uppdrag', title: 'Fler i arbete' };
    await record.put(new AdoptItemCommand(item, uppdrag, record.by(controller)));
    await record.put(new OpenRoundCommand(roundId, record.april(), record.by(controller)));
  });
  afterEach(() => record.close());

  it('speaks of the day that its round speaks of, and so do its correction and its withdrawal', async () => {
    const assessmentId = await assess();
    expect(await newest()).toMatchObject({ data: { assessmentId }, metadata: { effectiveOn: '2025-03-31' } });
    await record.put(
      new CorrectAssessmentCommand(item, { assessmentId, level: 'on-track', reason: 'Fel' }, record.by(controller)),
    );
    expect(await newest()).toMatchObject({ type: 'AssessmentCorrected', metadata: { effectiveOn: '2025-03-31' } });
    await record.put(new WithdrawAssessmentCommand(item, { assessmentId, reason: 'Fel' }, record.by(controller)));
    expect(await newest()).toMatchObject({ type: 'AssessmentWithdrawn', metadata: { effectiveOn: '2025-03-31' } });
  });

  it('is withdrawn on no other day than its own, by events that name what they correct', async () => {
    const assessmentId = await assess();
    const made = await newest();
    const late = record.by(controller, { effectiveOn: '2025-05-01' });
    const correction = { assessmentId, level: 'on-track', reason: 'Fel' };
    await record.put(new CorrectAssessmentCommand(item, correction, record.by(controller)));
    const corrected = await newest();
    expect(corrected.metadata.corrects).toBe(made.id);
    const withdrawal = { assessmentId, reason: 'Fel' };
    await expect(record.put(new WithdrawAssessmentCommand(item, withdrawal, late))).rejects.toMatchObject({
      rule: 'day-of-assessment',
    });
    await record.put(new WithdrawAssessmentCommand(item, withdrawal, record.by(controller)));
    expect((await newest()).metadata.corrects).toBe(corrected.id);
  });

  it('is withdrawn and made anew at once, where its day or its round was wrong', async () => {
    const wrong = await assess();
    const made = await newest();
    const right = record.by(controller, { effectiveOn: '2025-02-28' });
    const moved = await record.put(
      new CorrectAssessmentCommand(item, { assessmentId: wrong, reason: 'Fel dag' }, right),
    );
    expect(moved.recorded).toEqual(['AssessmentWithdrawn', 'ItemAssessed']);
    const story = await record.store.readStream(streamName('uppsala', 'item', item));
    const assessmentId = assessmentIdOf(right.commandId);
    expect(story.slice(-2)).toMatchObject([
      {
        data: { assessmentId: wrong, reason: 'Fel dag' },
        metadata: { effectiveOn: '2025-03-31', corrects: made.id, commandId: right.commandId },
      },
      {
        data: { assessmentId, level: 'delayed', roundId: record.roundId },
        metadata: { effectiveOn: '2025-02-28', corrects: made.id, commandId: right.commandId },
      },
    ]);
    const roundId = newId();
    const august = { ...record.april(), kind: 'augusti', label: 'Augusti 2025', referenceDate: '2025-08-31' };
    await record.put(new OpenRoundCommand(roundId, { ...august, deadline: '2025-09-30' }, record.by(controller)));
    await record.put(
      new CorrectAssessmentCommand(item, { assessmentId, roundId, reason: 'Fel runda' }, record.by(controller)),
    );
    expect(await newest()).toMatchObject({ data: { roundId }, metadata: { effectiveOn: '2025-08-31' } });
    await expect(
      record.put(
        new CorrectAssessmentCommand(item, { assessmentId, roundId: newId(), reason: 'Fel' }, record.by(controller)),
      ),
    ).rejects.toThrow(/no round/);
  });

  it('stays on the day of a cancelled round, and may be moved out of it', async () => {
    const assessmentId = await assess();
    const roundId = newId();
    const august = { ...record.april(), kind: 'augusti', label: 'Augusti 2025', referenceDate: '2025-08-31' };
    await record.put(new OpenRoundCommand(roundId, { ...august, deadline: '2025-09-30' }, record.by(controller)));
    await record.put(new CancelRoundCommand(record.roundId, { reason: 'Fel' }, record.by(controller)));
    const move = (data: object, told: object = {}) =>
      record.put(
        new CorrectAssessmentCommand(item, { assessmentId, reason: 'Fel', ...data }, record.by(controller, told)),
      );
    await expect(move({}, { effectiveOn: '2025-02-28' })).rejects.toMatchObject({ rule: 'round-not-cancelled' });
    expect((await move({ roundId })).recorded).toEqual(['AssessmentWithdrawn', 'ItemAssessed']);
  });

  it('stands again where its withdrawal is taken back, also after the freeze, by whoever acts for its body', async () => {
    const assessmentId = await assess(reporter);
    const reinstate = (by: Actor, id: string) =>
      record.put(new ReinstateAssessmentCommand(item, { assessmentId: id, reason: 'Rätt ändå' }, record.by(by)));
    const withdraw = (id: string) =>
      record.put(new WithdrawAssessmentCommand(item, { assessmentId: id, reason: 'Fel' }, record.by(controller)));
    await withdraw(assessmentId);
    const withdrawal = await newest();
    expect((await reinstate(reporter, assessmentId)).recorded).toEqual(['AssessmentReinstated']);
    expect(await newest()).toMatchObject({
      data: { assessmentId, level: 'delayed', reason: 'Rätt ändå' },
      metadata: { effectiveOn: '2025-03-31', corrects: withdrawal.id },
    });
    const others = await assess(controller, { bodyId: record.ownerId });
    await withdraw(others);
    await expect(reinstate(reporter, others)).rejects.toThrow(Forbidden);
    await record.put(new FreezeRoundCommand(record.roundId, {}, record.by(controller)));
    expect((await reinstate(controller, others)).recorded).toEqual(['AssessmentReinstated']);
  });

  it('is the status where the owner of the plan makes it', async () => {
    await assess(controller, { bodyId: record.ownerId });
    expect((await newest()).data).toMatchObject({ capacity: 'owner' });
    await assess();
    expect((await newest()).data).toMatchObject({ capacity: 'contribution' });
  });

  it('is made, corrected and withdrawn by a reporter for its own body only', async () => {
    const own = await assess(reporter);
    const others = await assess(controller, { bodyId: record.ownerId });
    const correct = (assessmentId: string) =>
      record.put(
        new CorrectAssessmentCommand(item, { assessmentId, level: 'on-track', reason: 'Fel' }, record.by(reporter)),
      );
    const withdraw = (assessmentId: string) =>
      record.put(new WithdrawAssessmentCommand(item, { assessmentId, reason: 'Fel' }, record.by(reporter)));
    await expect(assess(reporter, { bodyId: record.ownerId, level: 'on-track' })).rejects.toThrow(Forbidden);
    await expect(correct(others)).rejects.toThrow(Forbidden);
    await expect(withdraw(others)).rejects.toThrow(Forbidden);
    expect((await correct(own)).recorded).toEqual(['AssessmentCorrected']);
    expect((await withdraw(own)).recorded).toEqual(['AssessmentWithdrawn']);
  });

  it('is corrected to a level of the scale that it was made on, whichever the plan has now', async () => {
    const assessmentId = await assess();
    const levels = levelsOf('on-track', 'late');
    await record.put(new ReviseScaleCommand(record.scaleId, { levels }, record.by(controller)));
    await record.put(
      new AmendPlanCommand(record.planId, { scale: { scaleId: record.scaleId, version: 2 } }, record.by(controller)),
    );
    const correct = (to: string) =>
      record.put(new CorrectAssessmentCommand(item, { assessmentId, level: to, reason: 'Fel' }, record.by(controller)));
    await expect(correct('late')).rejects.toMatchObject({ rule: 'level-on-scale' });
    expect((await correct('on-track')).recorded).toEqual(['AssessmentCorrected']);
    await assess(controller, { level: 'late' });
    expect((await newest()).data).toMatchObject({ level: 'late', scale: { version: 2 } });
  });

  it('is made by whom the item concerned on the day of the round, where that takes contributions from no others', async () => {
    const because = { reason: 'Bara berörda bidrar' };
    const by = () => record.by(controller, { effectiveOn: '2025-01-01' });
    await record.put(new AmendRoundCommand(record.roundId, { othersMayContribute: false, ...because }, by()));
    const refused = { rule: 'item-concerns-body' };
    await expect(assess(reporter)).rejects.toMatchObject(refused);
    await assess(controller, { bodyId: record.ownerId });
    const concern = (concerned: Concerned | null, effectiveOn: string) =>
      record.put(new ChangeConcernedCommand(item, { concerned }, record.by(controller, { effectiveOn })));
    const [body, group] = [record.bodyId, newId()];
    await concern({ bodies: [body] }, '2025-04-01');
    await expect(assess(reporter)).rejects.toMatchObject(refused);
    await concern({ bodies: [body] }, '2025-02-01');
    await concern(null, '2025-05-01');
    await assess(reporter);
    await record.put(new DefineGroupCommand(group, { name: 'Några', members: [record.ownerId] }, by()));
    await concern({ groupId: group }, '2025-03-01');
    await expect(assess(reporter, { level: 'on-track' })).rejects.toMatchObject(refused);
    const joins = record.by(controller, { effectiveOn: '2025-03-31' });
    await record.put(new ChangeGroupMembersCommand(group, { members: [record.ownerId, body] }, joins));
    await assess(reporter, { level: 'on-track' });
    await concern(null, '2025-03-15');
    await expect(assess(reporter)).rejects.toMatchObject(refused);
    await record.put(new ChangeResponsibleCommand(item, { responsible: [body] }, by()));
    await assess(reporter);
    expect((await newest()).data).toMatchObject({ capacity: 'contribution', bodyId: body });
  });

  it('rests on items and indicators that exist', async () => {
    await expect(assess(controller, { evidence: [{ itemId: newId() }] })).rejects.toThrow(NotFound);
    await expect(assess(controller, { evidence: [{ indicatorId: newId() }] })).rejects.toThrow(NotFound);
    const evidence = [{ itemId: item }, { note: 'Protokoll' }];
    await assess(controller, { evidence });
    expect((await newest()).data).toMatchObject({ evidence });
  });

  it('is not made in a round that is only planned', async () => {
    const round = newId();
    const planned = { ...record.april(), kind: 'augusti' };
    await record.put(new PlanRoundCommand(round, planned, record.by(controller)));
    await expect(assess(controller, { roundId: round })).rejects.toMatchObject({ rule: 'round-open' });
  });

  it('is made, corrected and withdrawn after the freeze too', async () => {
    const early = await assess();
    await record.put(new FreezeRoundCommand(record.roundId, {}, record.by(controller)));
    await assess(controller, { bodyId: record.ownerId });
    expect(await newest()).toMatchObject({ type: 'ItemAssessed', data: { roundId: record.roundId } });
    const correction = { assessmentId: early, level: 'on-track', reason: 'Fel' };
    await record.put(new CorrectAssessmentCommand(item, correction, record.by(controller)));
    await record.put(
      new WithdrawAssessmentCommand(item, { assessmentId: early, reason: 'Fel' }, record.by(controller)),
    );
    expect((await newest()).type).toBe('AssessmentWithdrawn');
  });

  it('is changed after the freeze by a controller alone', async () => {
    const assessmentId = await assess(reporter);
    const gone = await assess(reporter, { level: 'on-track' });
    const withdraw = (by: Actor, id: string) =>
      record.put(new WithdrawAssessmentCommand(item, { assessmentId: id, reason: 'Fel' }, record.by(by)));
    const correct = (by: Actor) =>
      record.put(new CorrectAssessmentCommand(item, { assessmentId, level: 'on-track', reason: 'Fel' }, record.by(by)));
    const reinstate = (by: Actor) =>
      record.put(new ReinstateAssessmentCommand(item, { assessmentId: gone, reason: 'Rätt' }, record.by(by)));
    const move = (by: Actor) =>
      record.put(
        new CorrectAssessmentCommand(
          item,
          { assessmentId: gone, reason: 'Fel' },
          record.by(by, { effectiveOn: '2025-02-28' }),
        ),
      );
    await withdraw(reporter, gone);
    await record.put(new FreezeRoundCommand(record.roundId, {}, record.by(controller)));
    await expect(correct(reporter)).rejects.toThrow(/är fryst|is frozen/);
    for (const refused of [correct, move, reinstate, (by: Actor) => withdraw(by, assessmentId)]) {
      await expect(refused(reporter)).rejects.toThrow(Forbidden);
    }
    expect((await correct(controller)).recorded).toEqual(['AssessmentCorrected']);
    expect((await reinstate(controller)).recorded).toEqual(['AssessmentReinstated']);
    expect((await move(controller)).recorded).toEqual(['AssessmentWithdrawn', 'ItemAssessed']);
    expect((await withdraw(controller, assessmentId)).recorded).toEqual(['AssessmentWithdrawn']);
  });

  it('is made in a round, and by a body, that exist', async () => {
    await expect(assess(controller, { roundId: newId() })).rejects.toThrow(/no round/);
    await expect(assess(controller, { bodyId: newId() })).rejects.toThrow(/no body/);
    const stream = streamName('uppsala', 'body', record.bodyId);
    const { metadata, revision } = (await record.store.readStream(stream)).at(-1)!;
    const data = { bodyId: record.bodyId, successors: [record.ownerId] };
    const dissolved = { id: newId(), type: 'BodyDissolved', data };
    await record.store.append(
      stream,
      [{ ...dissolved, metadata: { ...metadata, effectiveOn: '2025-03-31' } }],
      revision,
    );
    await expect(assess()).rejects.toMatchObject({ rule: 'body-not-dissolved' });
  });

  it('is not found where there is none', async () => {
    const data = { assessmentId: newId(), reason: 'Fel' };
    const absent = { code: 'not-found', kind: 'assessment' };
    await expect(record.put(new CorrectAssessmentCommand(item, data, record.by(controller)))).rejects.toMatchObject(
      absent,
    );
    await expect(record.put(new WithdrawAssessmentCommand(item, data, record.by(controller)))).rejects.toMatchObject(
      absent,
    );
  });
});
