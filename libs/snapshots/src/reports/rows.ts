import { evidenceText } from '../format/evidence-text.js';
import type { ItemContent, Snapshot } from '../format/snapshot.js';
import type { Origin } from './sections/origin.section.js';
import {
  counted,
  directions,
  discontinuations,
  lifecycles,
  namesOf,
  provisional,
  swedishBreak,
  swedishCell,
  swedishDecision,
  swedishHold,
  swedishInstant,
  swedishLevel,
  swedishMovement,
  swedishNumber,
  swedishTarget,
  swedishTargetStatus,
  swedishTrend,
  unitOf,
} from './swedish.js';

/** A table of texts under its head. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every item in scope on a row of its own. */
export function itemTable({ items, plan, topItems }: Snapshot): Table {
  const kinds = new Map(plan.kinds.map(({ code, label }) => [code, label]));
  const tops = new Map(topItems.map(({ item }) => [item.itemId, item.label]));
  return {
    head: [
      ...['Slag', 'Nummer', 'Titel', 'Överordnat mål', 'Ansvariga', 'Berörda', 'Läge', 'Bedömning', 'Betyder'],
      ...['Motivering', 'Underlag', 'Trend', 'Bedömd av', 'Registrerad', 'Anmärkning', 'I förra utgåvan', 'Bidrag'],
    ],
    rows: items.map((item) => {
      const { concerned, kind, number, responsible, status, title, topItemIds, trend } = item;
      return [
        kinds.get(kind) ?? kind,
        number ?? '',
        title,
        topItemIds.map((top) => tops.get(top) ?? '').join(', '),
        namesOf(responsible),
        concerned?.group ?? namesOf(concerned?.bodies ?? []),
        lifecycleText(item),
        (status && swedishLevel(status)) ?? (isUnasked(item) ? 'Bedöms inte' : 'Inte bedömd'),
        status?.level.meaning ?? '',
        status?.motivation ?? '',
        status?.evidence.map(evidenceText).join('; ') ?? '',
        trend ? swedishTrend(trend) : '',
        status?.body.name ?? '',
        status ? swedishInstant(status.recordedAt) : '',
        remarks(item),
        previousText(item),
        item.contributions.map((one) => `${one.body.name}: ${swedishLevel(one)}. ${one.motivation}`).join('\n'),
      ];
    }),
  };
}

const isUnasked = ({ hold, lifecycle }: ItemContent): boolean =>
  lifecycle.state === 'discontinued' || hold !== undefined;

function lifecycleText({ hold, lifecycle: { comment, reason, since, state } }: ItemContent): string {
  if (hold) return swedishHold(hold);
  const why = reason ? ` (${discontinuations[reason] ?? reason})` : '';
  return state === 'active' ? lifecycles.active : `${lifecycles[state]} ${since}${why}${comment ? `: ${comment}` : ''}`;
}

function remarks({ status, withdrawn }: ItemContent): string {
  return [
    status?.late ? 'Efter frysningen' : status?.afterDeadline && 'Efter sista dag',
    ...(status?.corrections.map(({ reason, recordedAt }) => `Rättad ${swedishInstant(recordedAt)}: ${reason}`) ?? []),
    ...withdrawn.map(({ body, reason }) => `Tillbakadragen bedömning från ${body.name}: ${reason}`),
  ]
    .filter(Boolean)
    .join('\n');
}

function previousText({ previously, status }: ItemContent): string {
  if (status?.previously === null) return 'Inte bedömd';
  const said = status?.previously ?? previously;
  return said ? `${said.level.label}. ${said.motivation}` : '';
}

/** Every period of every indicator. Values are text, so that `5,0` keeps its zero. */
export function indicatorTable({ indicators }: Snapshot): Table {
  return {
    head: [
      ...['Indikator', 'Enhet', 'Önskad riktning', 'Mål', 'Källa', 'Period', 'Totalt', 'Kvinnor', 'Män'],
      ...[
        'Kvinnor minus män',
        'Utveckling',
        'Anmärkning',
        'Totalt som decimaltal',
        'Kvinnor som decimaltal',
        'Män som decimaltal',
        'Definition',
        'Målet nått',
      ],
    ],
    rows: indicators.flatMap((indicator) => {
      const { direction, measure, name, series, source, target } = indicator;
      const about = [directions[direction], target ? swedishTarget(target) : '', source];
      const status = swedishTargetStatus(indicator);
      if (series.length === 0) return [[name, measure.unit, ...about, ...Array<string>(11).fill(''), status]];
      return series.map((entry) => {
        const { corrections, definition, difference, late, men, movement, period, total, women } = entry;
        return [
          name,
          unitOf(indicator, entry),
          ...about,
          period,
          ...[total, women, men].map((cell) => (cell ? swedishCell(cell) : '')),
          difference === undefined ? '' : swedishNumber(difference),
          movement === 'unknown' ? '' : swedishMovement(entry),
          [
            swedishBreak(entry),
            late && 'Efter frysningen',
            provisional(total),
            ...corrections.map(({ reason }) => `Rättad: ${reason}`),
          ]
            .filter(Boolean)
            .join('\n'),
          ...[total, women, men].map((cell) => (cell && 'value' in cell ? cell.value : '')),
          String(definition ?? 1),
          status,
        ];
      });
    }),
  };
}

export function coverageTable({ coverage, items }: Snapshot): Table {
  const labels = new Map(items.map(({ itemId, label }) => [itemId, label]));
  return {
    head: ['Nämnd eller bolag', 'Klar', 'Kommentar', 'Ska bedöma', 'Har bedömt', 'Saknas'],
    rows: coverage.bodies.map(({ assessed, body, expected, missingItemIds, ready }) => [
      body.name,
      ready ? swedishInstant(ready.recordedAt) : 'Nej',
      ready?.comment ?? '',
      String(expected),
      String(assessed),
      missingItemIds.map((itemId) => labels.get(itemId) ?? itemId).join(', '),
    ]),
  };
}

export function metadataTable({ issue, plan, round, rule, totals }: Snapshot, origin: Origin): Table {
  const about: (readonly [string, string | undefined])[] = [
    ['Uppföljning', round.label],
    ['Plan', plan.title],
    ['Planens ägare', plan.owner.body.name],
    ...plan.decisions.map((decision) => ['Beslut om planen', swedishDecision(decision)] as const),
    ['Avser läget', round.referenceDate],
    ['Sista dag för bedömning', round.deadline],
    ['Omfattar', counted(totals.all.items, 'punkt', 'punkter')],
    ['Utgåva', issue ? String(issue.number) : 'Inte fryst'],
    ['Ersätter utgåva', issue?.replaces === undefined ? undefined : String(issue.replaces)],
    ['Skäl till ny utgåva', issue?.reason],
    ['Fryst', issue ? swedishInstant(issue.frozenAt) : undefined],
    ['Skäl till att frysa utan allt underlag', issue?.override],
    ['Ögonblicksbild', origin.snapshotId],
    ['SHA-256', origin.sha256],
    ['Regel', String(rule)],
  ];
  return {
    head: ['Uppgift', 'Värde'],
    rows: about.flatMap(([what, value]) => (value === undefined ? [] : [[what, value]])),
  };
}
