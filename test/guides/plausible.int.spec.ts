import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandContext, DecisionCommand } from '#deciding';
import {
  CorrectValueCommand,
  DefineIndicatorCommand,
  RecordValueCommand,
  RetireIndicatorCommand,
  SetTargetCommand,
} from '#indicators';
import {
  Doubtful,
  faultIn,
  Forbidden,
  kind,
  knownDoubts,
  MalformedInput,
  newId,
  readPrintedNumber,
  rulesOf,
  RuleViolation,
  UnreadableNumber,
  utf8Text,
} from '#kernel';
import type { DomainCommand, Kind } from '#kernel';
import { DefineGroupCommand, RegisterBodyCommand, RenameBodyCommand } from '#organisation';
import { PlanFileFaults, readPlanFile } from '#plan-files';
import {
  AdoptItemCommand,
  AdoptPlanCommand,
  AssessItemCommand,
  ChangeConcernedCommand,
  HoldItemCommand,
  RewordItemCommand,
} from '#planning';
import { ExtendDeadlineCommand, OpenRoundCommand, PlanRoundCommand } from '#rounds';
import { controller, PlanOnRecord } from '../../libs/rounds/src/testing/plan-on-record.js';
import { textOf } from './examples.js';

const page = 'docs/guide/plausible.md';

/** The rows of the page: a kind of typing error, and the codes that it is told by. */
const rows = textOf(page)
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| typing error') && !line.startsWith('| -'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, error = '', , told = '']) => ({
    error,
    codes: [...told.matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code!),
  }));

const visits = { unit: 'besök', kind: 'count' };
const percent = { unit: 'procent', kind: 'share' };
const cells = ([total, women, men]: readonly string[]) => ({
  ...(total && { total: { value: total } }),
  ...(women && { women: { value: women } }),
  ...(men && { men: { value: men } }),
});

describe('What is caught at the door', () => {
  let record: PlanOnRecord;
  const item = newId();

  const put = <Domain extends DomainCommand>(command: DecisionCommand<Domain>) => record.put(command);
  const by = (more: Partial<CommandContext> = {}) => record.by(controller, more);
  const decidedOn = (date: string) => ({ decision: { bodyId: record.ownerId, date } });

  beforeAll(async () => {
    record = await PlanOnRecord.open();
    const uppdrag = { planId: record.planId, kind: 'uppdrag', title: 'Fler i arbete' };
    await put(new AdoptItemCommand(item, uppdrag, by()));
    await put(new OpenRoundCommand(record.roundId, record.april(), by()));
  });
  afterAll(() => record.close());

  const reword = (context: Partial<CommandContext>) =>
    put(new RewordItemCommand(item, { title: 'Fler i arbete och studier' }, by(context)));
  const registered = (effectiveOn: string) =>
    put(new RegisterBodyCommand(newId(), { name: 'Kulturnämnden', kind: 'board' }, by({ effectiveOn })));
  const adopt = (more: object) => {
    const { ownerId, scaleId } = record;
    const plan = {
      title: 'Verksamhetsplan 2025',
      owner: { bodyId: ownerId, role: 'Ekonomidirektör' },
      validity: { from: '2025-01-01', to: '2027-12-31' },
      scale: { scaleId, version: 1 },
      kinds: [{ code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 1, parents: [] }],
      documents: [],
      calendar: [],
    };
    return put(new AdoptPlanCommand(newId(), { ...plan, ...more }, by()));
  };
  const round = (more: object = {}, planId = record.planId) =>
    put(new OpenRoundCommand(newId(), { ...record.april(), planId, ...more }, by()));
  const foreseen = async (referenceDate: string) => {
    const { id } = await adopt({ calendar: [{ ...record.april(), planId: undefined, referenceDate }] });
    return id;
  };
  const planned = (schedule: object) =>
    put(new PlanRoundCommand(newId(), { ...record.april(), kind: 'augusti', schedule }, by()));

  const indicator = async (measure: { unit: string; kind: string }, splitBySex = true) => {
    const { ownerId, planId } = record;
    const names = { name: 'Besök', source: 'Egen uppföljning', direction: 'increase' as const };
    const id = newId();
    await put(
      new DefineIndicatorCommand(id, { ...names, planId, ownerId, measure, splitBySex, itemIds: [item] }, by()),
    );
    return id;
  };
  /** Records values of one period after those of another. */
  const values = async (measure: { unit: string; kind: string }, told: object, before?: object) => {
    const id = await indicator(measure);
    if (before) await put(new RecordValueCommand(id, { period: '2023', ...before }, by()));
    return put(new RecordValueCommand(id, { period: '2024', ...told }, by()));
  };
  const target = async (of: object) =>
    put(new SetTargetCommand(await indicator(percent), { target: of as never }, by()));

  const checked = (of: Kind, value: unknown) => {
    const said = faultIn(of, value);
    if (said) throw new MalformedInput([{ field: 'value', said }]);
  };

  const errors: Readonly<Record<string, () => unknown>> = {
    'a file or a body in another encoding': () => utf8Text(Buffer.from('Trygghet i nämnden', 'latin1'), 'plan.yaml'),
    'text that shows nothing, or hides what it says': () => checked(kind.remark, '\u200b \u00ad'),
    'a title or a reason that says nothing': () => checked(kind.title, '–'),
    'a letter that was lost in another encoding': () => checked(kind.title, 'Nya f\ufffdreskrifter'),
    'a misspelt property of a file': () => readPlanFile('sparbar: 1\nbodys: []\n', 'plan'),
    'a key of another number, or a misspelt one': () =>
      readPlanFile(
        'sparbar: 1\nbodies: [{ key: ks, name: KS, kind: board }]\ngroups: [{ key: alla, name: Alla, members: [{ from: 2025-01-01, bodies: [kss] }] }]\n',
        'plan',
      ),
    'the same row of a file twice': () =>
      readPlanFile(
        'sparbar: 1\nbodies:\n  - { key: ks, name: KS, kind: board }\n  - { key: ks, name: KS, kind: board }\n',
        'plan',
      ),
    'a day that is none': () => checked(kind.day, '2025-02-30'),
    'a day in another order': () => checked(kind.day, '30-04-2025'),
    'another century': () => registered('1925-04-08'),
    'a day outside of the plan': () => {
      const uppdrag = { planId: record.planId, kind: 'uppdrag', title: 'Fler i studier' };
      return put(new AdoptItemCommand(newId(), uppdrag, by({ effectiveOn: '2023-05-01' })));
    },
    'day and month exchanged, in a decision': () => reword(decidedOn('2025-12-04')),
    'a decision of another plan’s time': () => reword(decidedOn('2015-04-12')),
    'a plan of another century': () => adopt({ title: 'Plan', validity: { from: '2205-01-01' } }),
    'a plan with a digit too many years': () => adopt({ validity: { from: '2025-01-01', to: '2127-12-31' } }),
    'last year’s title': () => adopt({ title: 'Verksamhetsplan 2024' }),
    'an end before its beginning': () => adopt({ validity: { from: '2025-12-31', to: '2025-01-01' } }),
    'last year’s name of a round': () => round({ kind: 'a', label: 'April 2024' }),
    'a round of another year than its day': () =>
      round({ kind: 'b', referenceDate: '2026-03-31', deadline: '2026-04-30' }),
    'day and month exchanged, in a round': async () =>
      round({ referenceDate: '2025-03-04' }, await foreseen('2025-04-03')),
    'the deadline of another year': () => round({ kind: 'c', deadline: '2026-04-30' }),
    'a deadline before its day': () => round({ kind: 'd', deadline: '2025-03-01' }),
    'a schedule of another year': () => planned({ opensOn: '2024-04-01', freezesOn: '2026-05-02' }),
    'an extension to another year': () =>
      put(
        new ExtendDeadlineCommand(
          record.roundId,
          { bodyId: record.bodyId, deadline: '2026-05-07', reason: 'Sent möte' },
          by(),
        ),
      ),
    'a group before it has members': async () => {
      const groupId = newId();
      const members = { name: 'Alla nämnder', members: [record.bodyId] };
      await put(new DefineGroupCommand(groupId, members, by({ effectiveOn: '2025-06-01' })));
      const concerned = { concerned: { groupId } };
      return put(new ChangeConcernedCommand(item, concerned, by({ effectiveOn: '2025-03-01' })));
    },
    'another decade to come': () =>
      put(new RenameBodyCommand(record.bodyId, { name: 'Nya nämnden' }, by({ effectiveOn: '2035-01-01' }))),
    'a hold that ends before it begins': () =>
      put(new HoldItemCommand(item, { until: '2025-01-01', reason: 'Väntar' }, by({ effectiveOn: '2025-09-01' }))),
    'a hold to another decade': () => put(new HoldItemCommand(item, { until: '2035-09-01', reason: 'Väntar' }, by())),
    'a comma, or thousands apart, in the API': () => checked(kind.decimal, '5 787,0'),
    'a point in what a document prints': () => readPrintedNumber('5.787'),
    'thousands as decimals': () => values(visits, cells(['5.787']), cells(['6609'])),
    'another unit': () => values({ unit: 'tkr', kind: 'amount' }, cells(['6100000']), cells(['6000'])),
    'a percent sign at what is counted': () => values(visits, { total: { value: '33', asPrinted: '33%' } }, undefined),
    'a share of more than the whole': () => values(percent, cells(['101'])),
    'a minus too many': () => values(visits, cells(['-41'])),
    'another sign': () => values({ unit: 'kronor', kind: 'amount' }, cells(['-180']), cells(['200'])),
    'parts that are not the total': () => values(visits, cells(['4063', '2230', '1883'])),
    'an average beyond its parts': () => values(percent, cells(['12.4', '11.2', '10.9'])),
    'women and men exchanged': () => values(visits, cells(['5100', '1020', '4080']), cells(['5000', '4000', '1000'])),
    'a value of a sex that has none': () =>
      values(percent, cells(['13.1', '', '13.1']), { ...cells(['15.8']), men: { gap: 'not-applicable' } }),
    'a value for women and men where none are told': async () =>
      put(new RecordValueCommand(await indicator(visits, false), { period: '2024', ...cells(['5', '2', '3']) }, by())),
    'the row of the year before': () =>
      values(visits, cells(['6609', '3609', '3000']), cells(['6609', '3609', '3000'])),
    'a period to come': async () =>
      put(new RecordValueCommand(await indicator(visits), { period: '2026', ...cells(['5']) }, by())),
    'a period of another decade': async () => {
      const id = await indicator(visits);
      await put(new RecordValueCommand(id, { period: '2024', ...cells(['5']) }, by()));
      await put(new RecordValueCommand(id, { period: '2014', ...cells(['5']) }, by()));
    },
    'a period long before the indicator': async () =>
      put(new RecordValueCommand(await indicator(visits), { period: '2007', ...cells(['5']) }, by())),
    'a period after the indicator': async () => {
      const id = await indicator(visits);
      await put(new RecordValueCommand(id, { period: '2025', ...cells(['5']) }, by()));
      await put(new RetireIndicatorCommand(id, { reason: 'Ersatt' }, by({ effectiveOn: '2025-01-01' })));
      await put(new CorrectValueCommand(id, { period: '2025', ...cells(['6']), reason: 'Fel rad' }, by()));
    },
    'a month of another period': () => values(visits, { total: { value: '5', provisionalAsOf: '2023-10' } }),
    'another value for a period that has one': async () => {
      const id = await indicator(visits);
      await put(new RecordValueCommand(id, { period: '2024', ...cells(['5787']) }, by()));
      await put(new RecordValueCommand(id, { period: '2024', ...cells(['5788']) }, by()));
    },
    'a correction of a period that has none': async () =>
      put(new CorrectValueCommand(await indicator(visits), { period: '2024', ...cells(['5']), reason: 'Fel' }, by())),
    'a target that is due before it is set': () => target({ atLeast: '80', by: '2024-12-31' }),
    'a threshold the wrong way round': () => target({ atMost: '80', by: '2026-12-31' }),
    'another body’s column': () => {
      const judged = { roundId: record.roundId, bodyId: record.ownerId, level: 'delayed', motivation: 'Försenat' };
      const reporter = { id: 'r', role: 'reporter', body: record.bodyId } as const;
      return put(new AssessItemCommand(item, judged, record.by(reporter)));
    },
    'a level of another scale': () =>
      put(
        new AssessItemCommand(
          item,
          { roundId: record.roundId, bodyId: record.bodyId, level: 'green', motivation: 'Enligt plan' },
          by(),
        ),
      ),
  };

  it('is told row by row, each of which is run here', () => {
    expect(rows.map(({ error }) => error).sort()).toEqual(Object.keys(errors).sort());
  });

  it('is told of every rule by which anything is doubted', () => {
    expect(knownDoubts().filter((rule) => !rows.some(({ codes }) => codes.includes(rule)))).toEqual([]);
  });

  it.each(rows)('$error', async ({ codes, error }) => {
    const refusal = await Promise.resolve()
      .then(errors[error])
      .then(() => undefined)
      .catch((thrown: unknown) => thrown);
    expect(codesOf(refusal)).toEqual(codes);
  });
});

function codesOf(refusal: unknown): readonly string[] {
  if (refusal instanceof Doubtful) return rulesOf(refusal.doubts);
  if (refusal instanceof RuleViolation) return [refusal.rule];
  if (refusal instanceof MalformedInput) return refusal.faults.map(({ said }) => said.code!);
  if (refusal instanceof UnreadableNumber || refusal instanceof PlanFileFaults || refusal instanceof Forbidden) {
    return [refusal.code];
  }
  throw new Error('It was taken, or ended otherwise', { cause: refusal });
}
