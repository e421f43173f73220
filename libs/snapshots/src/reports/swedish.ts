import { gapInSwedish } from '#kernel';
import type { Role } from '#kernel';
import type {
  AssessmentContent,
  BodyRef,
  By,
  CellContent,
  Columns,
  DecisionContent,
  HoldContent,
  IndicatorContent,
  LifecycleContent,
  PeriodContent,
  RevisionKind,
  TargetContent,
  Trend,
} from '../format/snapshot.js';

/** A decimal as a Swedish reader writes it: no-break spaces between thousands, a comma, U+2212 for minus. */
export function swedishNumber(decimal: string): string {
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=([0-9]{3})+$)/g, '\u00a0');
  return `${decimal.startsWith('-') ? '\u2212' : ''}${grouped}${fraction === undefined ? '' : `,${fraction}`}`;
}

/** A label such as `Uppdrag 34`, whose number stays on the line of its kind. */
export const unbroken = (label: string): string => label.replaceAll(' ', '\u00a0');

/** Why there is no value. */
export const swedishGap = ({ gap }: { readonly gap: string }): string => gapInSwedish(gap);

/** A cell as a reader is shown it: as printed where the document printed it, or why there is no value. */
export function swedishCell(cell: CellContent | undefined): string {
  if (!cell) return '–';
  if ('gap' in cell) return swedishGap(cell);
  return cell.asPrinted ?? swedishNumber(cell.value);
}

/** The columns that something is said of, in words. */
export function columnsText({ men, total, women }: Columns): string {
  const parts = [
    total && `totalt ${swedishCell(total)}`,
    women && `kvinnor ${swedishCell(women)}`,
    men && `män ${swedishCell(men)}`,
  ];
  return parts.filter(Boolean).join(', ') || 'inget värde';
}

/** The month up to which a provisional value speaks. */
export const provisional = (cell: CellContent | undefined): string | undefined =>
  cell && 'value' in cell && cell.provisionalAsOf !== undefined
    ? `preliminärt t.o.m. ${cell.provisionalAsOf}`
    : undefined;

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An instant on the Swedish clock: ISO day and minutes. */
export const swedishInstant = (instant: string): string => clock.format(new Date(instant));

export const directions: Readonly<Record<IndicatorContent['direction'], string>> = {
  increase: 'Öka',
  decrease: 'Minska',
  maintain: 'Behåll',
};

const movements: Readonly<Record<PeriodContent['movement'], string>> = {
  towards: 'Åt önskat håll',
  away: 'Åt fel håll',
  unchanged: 'Oförändrat',
  changed: 'Ändrat',
  unknown: '–',
  'not-comparable': 'Inte jämförbart',
};

const reasons: Readonly<Record<string, string>> = {
  unit: 'annan enhet',
  'measure-kind': 'annat slags mått',
  stated: 'ny definition',
  'cut-off': 'räknat till olika månader',
};
const reasonsOf = (why: readonly string[]): string => why.map((one) => reasons[one] ?? one).join(', ');

/** Where a value went; why it cannot be told, where it is not comparable with the one before. */
export function swedishMovement({ against, movement, notComparable }: PeriodContent): string {
  if (movement !== 'not-comparable') return movements[movement];
  return `${movements[movement]} med ${against}: ${reasonsOf(notComparable ?? [])}`;
}

/** `Seriebrott: annan enhet`; nothing where the series goes on. */
export const swedishBreak = ({ break: why }: PeriodContent): string | undefined =>
  why && `Seriebrott: ${reasonsOf(why)}`;

/** What is measured in the version that a period is told in. */
export const unitOf = ({ definitions, measure }: IndicatorContent, { definition }: PeriodContent): string =>
  (definitions?.find(({ version }) => version === definition)?.measure ?? measure).unit;

const targetStatuses: Readonly<Record<NonNullable<IndicatorContent['targetStatus']>, string>> = {
  met: 'Målet är nått.',
  'not-met': 'Målet är inte nått.',
  'not-yet-due': 'Målet ska inte vara nått än.',
  'no-value': 'Värde saknas för att säga om målet är nått.',
  'not-comparable': 'Målet gäller ett annat mått än värdet.',
};

/** How a threshold stands; nothing for a direction, or where an earlier rule could not tell. */
export function swedishTargetStatus({ targetMet, targetStatus }: IndicatorContent): string {
  if (targetStatus) return targetStatuses[targetStatus];
  return targetMet === undefined ? '' : targetStatuses[targetMet ? 'met' : 'not-met'];
}

/** A level with the version of the scale that it is of, where that is not the plan's. */
export const swedishLevel = ({ level, scale }: Pick<AssessmentContent, 'level' | 'scale'>): string =>
  scale ? `${level.label} (skala version ${scale.version})` : level.label;

export const lifecycles: Readonly<Record<LifecycleContent['state'], string>> = {
  active: 'Gäller',
  retained: 'Kvarstår',
  completed: 'Avslutad',
  discontinued: 'Utgången',
};

/** `Vilar från 2025-06-01 till 2025-09-01: väntar på besked`. */
export const swedishHold = ({ reason, since, until }: HoldContent): string =>
  `Vilar från ${since} till ${until}: ${reason}`;

export const discontinuations: Readonly<Record<string, string>> = {
  'core-work': 'ingår i grunduppdraget',
  'outside-control': 'utanför rådighet',
  'became-activity': 'blir aktivitet',
  merged: 'sammanslagen',
  replaced: 'ersatt',
  decided: 'beslutad',
  other: 'annat skäl',
};

export const revisionKinds: Readonly<Record<RevisionKind, string>> = {
  adopted: 'Tillkom',
  reworded: 'Omformulerad',
  renumbered: 'Nytt nummer',
  moved: 'Flyttad',
  'concerned-changed': 'Ändrade berörda',
  'responsible-changed': 'Ändrade ansvariga',
  retained: 'Kvarstår',
  completed: 'Avslutad',
  discontinued: 'Utgår',
  succeeded: 'Efterföljs',
  held: 'Lagd vilande',
  resumed: 'Upptagen igen',
};

const roleNames: Readonly<Record<Role, string>> = {
  reader: 'läsare',
  reporter: 'rapportör',
  controller: 'controller',
  auditor: 'revisor',
  administrator: 'administratör',
};

/** Who acted: a role, and the body on whose behalf. */
export const swedishBy = ({ body, role }: By): string => (body ? `${roleNames[role]}, ${body.name}` : roleNames[role]);

export function swedishTrend({ against, direction }: Trend): string {
  if (!against) return 'Första bedömningen';
  const before = `${against.level.label}, ${against.round.label}${against.invented ? ' (påhittat)' : ''}`;
  switch (direction) {
    case 'better':
      return `Bättre än ${before}`;
    case 'worse':
      return `Sämre än ${before}`;
    case 'unchanged':
      return `Oförändrat sedan ${against.round.label}`;
    case 'first':
    case 'not-comparable':
      return `Annan skala i ${against.round.label} (${against.level.label})`;
  }
}

export function swedishTarget(target: TargetContent): string {
  const comment = target.comment ? ` (${target.comment.replace(/\.$/, '')})` : '';
  if ('direction' in target) return `${directions[target.direction as IndicatorContent['direction']]}${comment}`;
  const [word, value] = 'atMost' in target ? ['högst', target.atMost] : ['minst', target.atLeast];
  return `${word} ${swedishNumber(value)} senast ${target.by}${comment}`;
}

export function swedishDecision({ body, date, diarienummer, paragraph }: DecisionContent): string {
  return [body.name, date, paragraph, diarienummer].filter(Boolean).join(', ');
}

export const namesOf = (bodies: readonly BodyRef[]): string => bodies.map(({ name }) => name).join(', ');

/** `1 punkt`, `2 punkter`. */
export const counted = (count: number, one: string, many: string): string =>
  `${swedishNumber(String(count))}\u00a0${count === 1 ? one : many}`;

/** A text with a full stop, where it does not end in a mark already. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
