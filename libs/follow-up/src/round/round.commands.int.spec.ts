import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Forbidden, newId } from '#kernel';
import { controller, PlanOnRecord } from '../testing/plan-on-record.js';
import { roundDocument } from '../testing/round.examples.js';
import { OpenRoundCommand } from './round.commands.js';

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
    expect((await open({ year: 2026 })).recorded).toEqual(['RoundOpened']);
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
