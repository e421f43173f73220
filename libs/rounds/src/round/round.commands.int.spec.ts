import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DecisionCommand } from '#deciding';
import { Forbidden, newId, streamName } from '#kernel';
import type { Actor, DomainCommand } from '#kernel';
import { controller, PlanOnRecord } from '../testing/plan-on-record.js';
import { roundDocument } from '../testing/round.examples.js';
import { currentRule } from './current-rule.js';
import {
  DecideRoundCommand,
  FreezeRoundCommand,
  MarkReadyCommand,
  OpenPlannedRoundCommand,
  OpenRoundCommand,
  PlanRoundCommand,
  RecordSnapshotCommand,
} from './round.commands.js';

describe('Opening a round', () => {
  let record: PlanOnRecord;
  const open = (data: object = {}, id = newId(), actor = controller) =>
    record.put(new OpenRoundCommand(id, { ...record.april(), ...data }, record.by(actor)));
  const know = (id: string) => {
    record.known = [roundDocument({ _id: id, ...record.april() })];
  };

  beforeEach(async () => {
    record = await PlanOnRecord.open();
  });
  afterEach(() => record.close());

  it('is refused where the plan has one of that kind and year', async () => {
    know(newId());
    await expect(open()).rejects.toMatchObject({ rule: 'round-once' });
    const next = { year: 2026, label: 'April 2026', referenceDate: '2026-03-31', deadline: '2026-04-30' };
    expect((await open(next)).recorded).toEqual(['RoundOpened']);
    expect((await open({ kind: 'augusti' })).recorded).toEqual(['RoundOpened']);
  });

  it('a second time says that it is open, not that another is', async () => {
    const id = newId();
    await open({}, id);
    know(id);
    await expect(open({}, id)).rejects.toMatchObject({ rule: 'round-opened-once' });
  });

  it('needs a plan, and a controller', async () => {
    await expect(open({ planId: newId() })).rejects.toThrow(/no plan/);
    await expect(open({}, newId(), { id: 'r', role: 'reporter', body: record.bodyId })).rejects.toThrow(Forbidden);
  });
});

describe('A round', () => {
  let record: PlanOnRecord;
  const put = <Domain extends DomainCommand>(command: DecisionCommand<Domain>) => record.put(command);

  beforeEach(async () => {
    record = await PlanOnRecord.open();
    await put(new OpenRoundCommand(record.roundId, record.april(), record.by(controller)));
    record.standing = [{ bodyId: record.bodyId, name: 'Kulturnämnden', missing: [] }];
  });
  afterEach(() => record.close());

  it('that was planned is found by its id, and not taken for another of its kind and year', async () => {
    const id = newId();
    const august = { ...record.april(), kind: 'augusti' };
    await put(new PlanRoundCommand(id, august, record.by(controller)));
    record.known = [roundDocument({ _id: id, ...august, status: 'planned' })];
    expect((await put(new PlanRoundCommand(id, august, record.by(controller)))).recorded).toEqual([]);
    expect((await put(new OpenPlannedRoundCommand(id, {}, record.by(controller)))).recorded).toEqual(['RoundOpened']);
    await expect(put(new OpenPlannedRoundCommand(newId(), {}, record.by(controller)))).rejects.toThrow(/no round/);
  });

  it('is reported ready by a reporter for its own body only, and frozen by a controller', async () => {
    const own: Actor = { id: 'r', role: 'reporter', body: record.bodyId };
    const other: Actor = { ...own, body: record.ownerId };
    const ready = (actor: Actor) => new MarkReadyCommand(record.roundId, { bodyId: record.bodyId }, record.by(actor));
    await expect(put(ready(other))).rejects.toThrow(Forbidden);
    expect((await put(ready(own))).recorded).toEqual(['BodyReported']);
    expect((await put(ready(controller))).recorded).toEqual([]);
    await expect(put(new FreezeRoundCommand(record.roundId, {}, record.by(own)))).rejects.toThrow(Forbidden);
    expect((await put(new FreezeRoundCommand(record.roundId, {}, record.by(controller)))).recorded).toEqual([
      'RoundFrozen',
    ]);
  });

  it('keeps one recording of a snapshot, also where two workers race with it', async () => {
    await put(new FreezeRoundCommand(record.roundId, { override: 'Prov' }, record.by(controller)));
    const worker: Actor = { id: 'worker', role: 'administrator' };
    const snapshot = { snapshotId: newId(), issue: 1, rule: currentRule, sha256: 'a'.repeat(64), bytes: 7 };
    const recording = () => put(new RecordSnapshotCommand(record.roundId, snapshot, record.by(worker)));
    const answers = await Promise.all([recording(), recording(), recording()]);
    expect(answers.flatMap(({ recorded }) => recorded)).toEqual(['SnapshotRecorded']);
    const others = { ...snapshot, sha256: 'b'.repeat(64) };
    await expect(put(new RecordSnapshotCommand(record.roundId, others, record.by(worker)))).rejects.toMatchObject({
      rule: 'snapshot-stays',
    });
    await expect(put(new RecordSnapshotCommand(record.roundId, snapshot, record.by(controller)))).rejects.toThrow(
      Forbidden,
    );
  });

  it('is decided on the day of the formal decision that the owner of its plan has made', async () => {
    await put(
      new FreezeRoundCommand(
        record.roundId,
        { override: 'Prov' },
        record.by(controller, { effectiveOn: '2025-05-02' }),
      ),
    );
    const worker: Actor = { id: 'worker', role: 'administrator' };
    const snapshot = { snapshotId: newId(), issue: 1, rule: currentRule, sha256: 'a'.repeat(64), bytes: 7 };
    await put(new RecordSnapshotCommand(record.roundId, snapshot, record.by(worker)));
    const decision = { bodyId: record.ownerId, date: '2025-05-20', paragraph: '§ 87' };
    const decide = (more: object) => put(new DecideRoundCommand(record.roundId, {}, record.by(controller, more)));
    await expect(decide({})).rejects.toMatchObject({ rule: 'decision-formal' });
    await expect(decide({ decision: { ...decision, bodyId: record.bodyId } })).rejects.toMatchObject({
      rule: 'owner-decides',
    });
    await decide({ decision });
    const stream = await record.store.readStream(streamName('uppsala', 'round', record.roundId));
    expect(stream.at(-1)).toMatchObject({
      type: 'RoundDecided',
      data: { issue: 1 },
      metadata: { effectiveOn: '2025-05-20', decision },
    });
  });
});
