import type { Command } from 'commander';
import { gapInSwedish, kind, say, isId, joined, provenanceInSwedish, verbatim } from '#kernel';
import type { Provenance } from '#kernel';
import type { ApiClient } from './api-client.js';
import { short, table } from './print.js';
import { momentQuery, planId, UnclearReference } from './references.js';
import type { AskedMoment } from './references.js';
import { valueOf } from './value-of.js';

interface Outcome {
  readonly result: object;
  readonly text: string;
}
type Act = (work: (client: ApiClient) => Promise<Outcome>) => Promise<void>;

interface Cell {
  readonly shown?: string;
  readonly gap?: string;
  readonly provisionalAsOf?: string;
  /** Where it is of another version than its period. */
  readonly definition?: number;
}

interface Computed {
  readonly invented?: true;
  readonly shown?: string;
  readonly notComputed?: keyof typeof notComputed;
  readonly contradiction?: { readonly recorded: string; readonly computed: string };
}

const columns = ['total', 'women', 'men'] as const;
type Columns<Told> = Readonly<Partial<Record<(typeof columns)[number], Told>>>;

interface Period extends Columns<Cell>, Provenance {
  readonly period: string;
  /** Left out where nothing is recorded of it. */
  readonly eventId?: string;
  readonly definition: number;
  readonly break?: readonly (keyof typeof reasons)[];
  readonly movement: keyof typeof movements;
  readonly against?: string;
  readonly notComparable?: readonly (keyof typeof reasons)[];
  readonly computed?: Columns<Computed>;
  readonly contradiction?: { readonly total: string; readonly sumOfSexes: string };
  readonly corrections: readonly (Provenance & {
    readonly recordedAt: string;
    readonly reason: string;
    readonly before: Columns<Cell>;
  })[];
}

interface Definition extends Provenance {
  readonly version: number;
  readonly since: string;
  readonly name: string;
  readonly measure: { readonly unit: string };
  readonly source: string;
  readonly reason?: string;
  readonly breaksSeries?: boolean;
}

interface Indicator extends Provenance {
  readonly id: string;
  readonly key?: string;
  readonly name: string;
  readonly measure: { readonly unit: string };
  readonly directionLabel: string;
  readonly targetStatus?: keyof typeof targets;
  readonly definitions: readonly Definition[];
  readonly series: readonly Period[];
  readonly retired?: { readonly on: string; readonly reason: string };
  readonly cancelled?: { readonly reason: string };
}

const movements = {
  towards: 'åt önskat håll',
  away: 'åt fel håll',
  unchanged: 'oförändrat',
  changed: 'ändrat',
  unknown: '',
  'not-comparable': 'inte jämförbart',
} as const;
const reasons = {
  unit: 'annan enhet',
  'measure-kind': 'annat slags mått',
  stated: 'ny definition',
  'cut-off': 'räknat till olika månader',
} as const;
const notComputed = {
  'no-value': 'en källa saknar värde',
  'cut-off': 'källorna är räknade till olika månader',
  'zero-denominator': 'nämnaren är noll',
} as const;
const targets = {
  met: 'målet är nått',
  'not-met': 'målet är inte nått',
  'not-yet-due': 'målet ska inte vara nått än',
  'no-value': 'värde saknas för målet',
  'not-comparable': 'målet gäller ett annat mått',
} as const;
const columnNames = { total: 'totalt', women: 'kvinnor', men: 'män' } as const;

/** The commands that show what is followed over time. */
export function indicatorCommands(program: Command, act: Act): void {
  const list = program
    .command('indicators <plan>')
    .description('list the indicators of a plan, each with its newest value');
  ofMoment(list).action((plan: string, moment: AskedMoment) => act((client) => indicatorsOf(client, plan, moment)));
  const one = program
    .command('indicator <indicator>')
    .description('show the series of an indicator: its values, gaps and corrections, and where it breaks');
  ofMoment(one).action((reference: string, moment: AskedMoment) =>
    act((client) => indicatorOf(client, reference, moment)),
  );
}

const ofMoment = (command: Command): Command =>
  command
    .option('--as-of <moment>', 'as it was on that day', valueOf(kind.moment))
    .option('--known-at <moment>', 'as it was known then', valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day));

export async function indicatorsOf(client: ApiClient, plan: string, moment: AskedMoment): Promise<Outcome> {
  const result = await listOf(client, plan, moment);
  const rows = result.map(({ id, key = id, measure, name, series, targetStatus }) => {
    const newest = series.findLast(({ total }) => total?.shown !== undefined && total.gap === undefined);
    const target = targetStatus ? targets[targetStatus] : '';
    const value = newest
      ? `${newest.period}: ${newest.total!.shown}${newest.invented ? ' (påhittat)' : ''}`
      : undefined;
    return [key, value ?? 'inget värde', measure.unit, target, name];
  });
  return {
    result,
    text: result.length === 0 ? 'Inga indikatorer' : table([['', 'Senast', 'Enhet', 'Mål', ''], ...rows]),
  };
}

export async function indicatorOf(client: ApiClient, reference: string, moment: AskedMoment): Promise<Outcome> {
  const result = isId(reference)
    ? await client.get<Indicator>(`/v1/indicators/${reference}${momentQuery(moment)}`)
    : await named(client, reference, moment);
  return { result, text: seriesText(result) };
}

/** The id of an indicator that is named by its id or by PLAN:KEY. @throws UnclearReference */
export async function indicatorId(client: ApiClient, reference: string, moment: AskedMoment = {}): Promise<string> {
  return isId(reference) ? reference : (await named(client, reference, moment)).id;
}

/** The periods of an indicator, by its id, as they stand. */
export const seriesOf = async (client: ApiClient, id: string): Promise<Indicator['series']> =>
  (await client.get<Indicator>(`/v1/indicators/${id}`)).series;

const listOf = async (client: ApiClient, plan: string, moment: AskedMoment): Promise<readonly Indicator[]> =>
  client.list<Indicator>(`/v1/plans/${await planId(client, plan, moment)}/indicators${momentQuery(moment)}`);

/** @throws UnclearReference */
async function named(client: ApiClient, reference: string, moment: AskedMoment): Promise<Indicator> {
  const [plan, key, ...rest] = reference.split(':');
  if (!plan || !key || rest.length > 0) throw new UnclearReference(nameIt({ reference }));
  const all = await listOf(client, plan, moment);
  const found = all.find((one) => one.key === key || one.id === key);
  if (found) return found;
  const known = all.flatMap((one) => (one.key ? [`  ${plan}:${one.key}  ${one.name}`] : []));
  throw new UnclearReference(joined([noIndicator({ plan, key }), ...known.map(verbatim)], '\n'));
}

function seriesText(indicator: Indicator): string {
  const { cancelled, definitions, directionLabel, name, retired, series, targetStatus } = indicator;
  const rows = series.map((entry) => [
    entry.period,
    ...columns.map((column) => cellText(entry, column)),
    unitOf(indicator, entry),
    movementText(entry),
    remarks(entry),
  ]);
  const about = [
    `${madeUp(indicator)}${name}: ${directionLabel.toLowerCase()}${targetStatus ? `, ${targets[targetStatus]}` : ''}`,
    ...(definitions.length > 1 ? definitions.map(definitionText) : provenanceInSwedish(indicator)),
    ...(retired ? [`Följs inte längre från ${retired.on}: ${retired.reason}`] : []),
    ...(cancelled ? [`Återtagen: ${cancelled.reason}`] : []),
  ];
  const head = ['', 'Totalt', 'Kvinnor', 'Män', 'Enhet', 'Utveckling', ''];
  return [about.join('\n'), rows.length === 0 ? 'Inga värden' : table([head, ...rows])].join('\n\n');
}

function definitionText(definition: Definition): string {
  const { breaksSeries, measure, name, reason, since, source, version } = definition;
  const told = [...(breaksSeries ? ['serien bryts'] : []), ...provenanceInSwedish(definition)];
  const about = `Definition ${version} från ${since}: ${name}, ${measure.unit}, ${source}${reason ? ` (${reason})` : ''}`;
  return `${madeUp(definition)}${[about, ...told].join(', ')}`;
}

const madeUp = ({ invented }: Provenance): string => (invented ? 'Påhittat: ' : '');

const unitOf = ({ definitions, measure }: Indicator, { definition }: Period): string =>
  (definitions.find(({ version }) => version === definition)?.measure ?? measure).unit;

/** The recorded value, or why there is none; of what is computed alone, that. */
function cellText(entry: Period, column: (typeof columns)[number]): string {
  const [cell, computed] = [entry[column], entry.computed?.[column]];
  if (cell) return cell.gap === undefined ? (cell.shown ?? '') : gapInSwedish(cell.gap);
  if (!computed) return '';
  return computed.shown === undefined ? 'inte beräknat' : `${computed.shown} (beräknat)`;
}

function movementText({ against, movement, notComparable = [] }: Period): string {
  const told = movements[movement];
  if (movement === 'not-comparable') return `${told} med ${against}: ${inWords(notComparable)}`;
  return against === undefined ? told : `${told} sedan ${against}`;
}

function remarks(entry: Period): string {
  const { break: broken, computed = {}, contradiction, corrections, definition } = entry;
  const ofColumns = columns.flatMap((column) => {
    const [cell, made] = [entry[column], computed[column]];
    const named = columnNames[column];
    return [
      ...(cell?.provisionalAsOf ? [`${named} preliminärt t.o.m. ${cell.provisionalAsOf}`] : []),
      ...(cell?.definition ? [`${named} enligt definition ${cell.definition}`] : []),
      ...(made?.invented ? [`${named} beräknat av påhittat`] : []),
      ...(made?.notComputed ? [`${named} inte beräknat: ${notComputed[made.notComputed]}`] : []),
      ...(made?.contradiction ? [`${named} beräknas till ${made.contradiction.computed}`] : []),
    ];
  });
  return [
    ...(entry.invented ? ['PÅHITTAT'] : []),
    ...provenanceInSwedish(entry),
    ...(broken ? [`SERIEBROTT: ${inWords(broken)}`] : []),
    ...(definition > 1 ? [`definition ${definition}`] : []),
    ...ofColumns,
    ...(contradiction ? [`kvinnor och män är ${contradiction.sumOfSexes} tillsammans`] : []),
    ...corrections.map(correctionText),
  ].join('; ');
}

function correctionText(correction: Period['corrections'][number]): string {
  const { before, reason, recordedAt } = correction;
  const whence = [...(correction.invented ? ['påhittat'] : []), ...provenanceInSwedish(correction)];
  return [`rättat ${short(recordedAt)} (${beforeText(before)}): ${reason}`, ...whence].join(', ');
}

const beforeText = (before: Columns<Cell>): string => {
  const told = columns.flatMap((column) => {
    const cell = before[column];
    return cell ? [`${columnNames[column]} ${cell.gap === undefined ? cell.shown : gapInSwedish(cell.gap)}`] : [];
  });
  return told.length === 0 ? 'tidigare inget' : `tidigare ${told.join(', ')}`;
};

const inWords = (why: readonly (keyof typeof reasons)[]): string => why.map((one) => reasons[one]).join(', ');

const nameIt = say(
  'Name an indicator by its id or by PLAN:KEY, not {reference}',
  'Ange en indikator med dess id eller PLAN:NYCKEL, inte {reference}',
);
const noIndicator = say(
  'The plan {plan} has no indicator with the key {key}',
  'Planen {plan} har ingen indikator med nyckeln {key}',
);
