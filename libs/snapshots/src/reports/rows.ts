import { evidenceText } from '../format/evidence-text.js';
import { linkText, particularsOf } from '../format/link-text.js';
import { madeUp, provenanceText, whenceTexts, withWhence } from '../format/provenance-text.js';
import type { AssessmentContent, ItemContent, Snapshot } from '../format/snapshot.js';
import { differencesOf } from './differing.js';
import type { Origin } from './sections/origin.section.js';
import {
  discontinuations,
  lifecycles,
  namesOf,
  swedishDecision,
  swedishHold,
  swedishInstant,
  swedishLevel,
  swedishTrend,
} from './swedish.js';
import type { Cell, Table } from './table.js';

/** Every item in scope on a row of its own. */
export function itemTable({ items, plan, topItems }: Snapshot): Table {
  const kinds = new Map(plan.kinds.map(({ code, label }) => [code, label]));
  const tops = new Map(topItems.map(({ item }) => [item.itemId, item.label]));
  return {
    head: [
      ...['Slag', 'Nummer', 'Titel', 'Överordnat mål', 'Ansvariga', 'Berörda', 'Läge', 'Bedömning', 'Betyder'],
      ...['Motivering', 'Underlag', 'Trend', 'Bedömd av', 'Registrerad', 'Anmärkning', 'I förra utgåvan', 'Bidrag'],
      ...['Bedömningens ursprung', 'Punktens ursprung', 'Bedöms olika'],
      ...['Andra nummer', 'Givet av', 'Genom', 'Kom av', 'Efterföljs av'],
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
        status ? { instant: status.recordedAt } : '',
        remarks(item),
        previousText(item),
        item.contributions.map(contributionText).join('\n'),
        (status && provenanceText(status)) ?? '',
        provenanceText(item) ?? '',
        differencesOf(item, plan)
          .map(({ contribution, words }) => `${contribution.body.name} (${swedishLevel(contribution)}) ${words}`)
          .join('\n'),
        ...particularsOf(item).map(({ told }) => told),
        item.predecessors.map(linkText).join('\n'),
        item.successors.map(linkText).join('\n'),
      ];
    }),
  };
}

const isUnasked = ({ hold, lifecycle }: ItemContent): boolean =>
  lifecycle.state === 'discontinued' || hold !== undefined;

function lifecycleText({ hold, lifecycle }: ItemContent): string {
  if (hold) return withWhence(hold, swedishHold(hold));
  const { comment, printedLabel, reason, since, state } = lifecycle;
  if (state === 'active') return lifecycles.active;
  const why = reason ? ` (${discontinuations[reason] ?? reason})` : '';
  const printed = printedLabel ? ` (i dokumentet: ${printedLabel})` : '';
  return withWhence(lifecycle, `${lifecycles[state]} ${since}${why}${printed}${comment ? `: ${comment}` : ''}`);
}

function remarks({ status, withdrawn }: ItemContent): string {
  return [
    ...(status ? remarksOn(status) : []),
    ...withdrawn.map((one) => withWhence(one, `Tillbakadragen bedömning från ${one.body.name}: ${one.reason}`)),
  ]
    .filter(Boolean)
    .join('\n');
}

/** What makes an assessment other than one that came in time and stands as it was. */
const remarksOn = ({ afterDeadline, corrections, late, replaced }: AssessmentContent) => [
  late ? 'Efter frysningen' : afterDeadline && 'Efter sista dag',
  ...corrections.map((one) =>
    withWhence(
      one,
      `Rättad ${swedishInstant(one.recordedAt)}: ${one.reason} (tidigare ${one.before.level.label}. ${one.before.motivation})`,
    ),
  ),
  ...replaced.map((one) =>
    withWhence(one, `Tidigare bedömning ${swedishInstant(one.recordedAt)}: ${one.level.label}. ${one.motivation}`),
  ),
];

/** A contribution with all that is told of the owner's assessment in columns of its own. */
function contributionText(one: AssessmentContent): string {
  const { body, evidence, motivation, previously, recordedAt } = one;
  const about = [
    ...whenceTexts(one),
    `registrerad ${swedishInstant(recordedAt)}`,
    ...(evidence.length > 0 ? [`underlag: ${evidence.map(evidenceText).join('; ')}`] : []),
    ...remarksOn(one),
    previously === null && 'i förra utgåvan: inte bedömd',
    previously && `i förra utgåvan: ${previously.level.label}. ${previously.motivation}`,
  ].filter(Boolean);
  return `${body.name}: ${madeUp(one, swedishLevel(one))}. ${motivation} (${about.join('; ')})`;
}

function previousText({ previously, status }: ItemContent): string {
  if (status?.previously === null) return 'Inte bedömd';
  const said = status?.previously ?? previously;
  return said ? `${said.level.label}. ${said.motivation}` : '';
}

export function coverageTable({ coverage, items }: Snapshot): Table {
  const labels = new Map(items.map(({ itemId, label }) => [itemId, label]));
  const atFreeze = new Map(coverage.missingAtFreeze.map(({ body, items: missing }) => [body.bodyId, missing]));
  return {
    head: [
      ...['Nämnd eller bolag', 'Sade sig klar', 'Kommentar', 'Ska bedöma', 'Har bedömt', 'Saknas'],
      ...['Egen sista dag', 'Saknades vid frysningen', 'Ursprung'],
    ],
    rows: coverage.bodies.map(({ assessed, body, deadline, expected, missingItemIds, ready }) => [
      body.name,
      ready ? { instant: ready.recordedAt } : 'Nej',
      ready?.comment ?? '',
      { whole: expected },
      { whole: assessed },
      missingItemIds.map((itemId) => labels.get(itemId) ?? itemId).join(', '),
      deadline === undefined ? '' : { day: deadline },
      (atFreeze.get(body.bodyId) ?? []).map(({ label }) => label).join(', '),
      (ready && provenanceText(ready)) ?? '',
    ]),
  };
}

export function metadataTable({ invented, issue, plan, round, rule, totals }: Snapshot, origin: Origin): Table {
  const about: (readonly [string, Cell | undefined])[] = [
    ['Uppföljning', round.label],
    ['År', { whole: round.year }],
    ['Plan', plan.title],
    ['Planens ägare', plan.owner.body.name],
    ...plan.decisions.map((decision) => ['Beslut om planen', swedishDecision(decision)] as const),
    ['Avser läget', { day: round.referenceDate }],
    ['Sista dag för bedömning', { day: round.deadline }],
    ['Innehåller påhittade uppgifter', invented && 'Ja'],
    ['Planens ursprung', provenanceText(plan)],
    ['Uppföljningens ursprung', provenanceText(round)],
    ['Antal punkter', { whole: totals.all.items }],
    ['Utgåva', issue ? { whole: issue.number } : 'Inte fryst'],
    ['Ersätter utgåva', issue?.replaces === undefined ? undefined : { whole: issue.replaces }],
    ['Skäl till ny utgåva', issue?.reason],
    ['Fryst', issue ? { instant: issue.frozenAt } : undefined],
    ['Skäl till att frysa utan allt underlag', issue?.override],
    ['Ögonblicksbild', origin.snapshotId],
    ['SHA-256', origin.sha256],
    ['Regel', { whole: rule }],
  ];
  return {
    head: ['Uppgift', 'Värde'],
    rows: about.flatMap(([what, value]) => (value === undefined ? [] : [[what, value]])),
  };
}
