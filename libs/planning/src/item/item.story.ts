import { sameWhenStored } from '#kernel';
import type { ItemEvent, RetractableType } from './item.events.js';

export type Values = Readonly<Record<string, unknown>>;

/** What an event says: what it speaks of, and what the record says since. */
export interface ItemChange {
  readonly about: Values;
  readonly after: Values;
  /** Where it is about an assessment: which one, by whom, and what became of it. */
  readonly assessment?: {
    readonly assessmentId: string;
    readonly bodyId: string;
    readonly step: 'made' | 'corrected' | 'withdrawn' | 'reinstated';
  };
}

/** An event, and what the record said before it. */
export interface ToldChange extends ItemChange {
  readonly before: Values;
}

/** What codes and ids are called. */
export interface Names {
  body(id: string): string;
  /** @param scale the version that the code is of, where that is known */
  level(code: unknown, scale: unknown): string;
}

/** One entry of the story: what a type of event says. */
interface Entry<Data> {
  readonly change: (data: Data) => ItemChange;
  /** What it says to a Swedish reader, in one line. The motivation itself stands in the change. */
  readonly words: (change: ToldChange, names: Names) => string;
}

type DataOf<Type extends ItemEvent['type']> = Extract<ItemEvent, { type: Type }>['data'];

/** An item's story: an entry for each type of event. */
const story: { readonly [Type in ItemEvent['type']]: Entry<DataOf<Type>> } = {
  ItemAdopted: {
    change: ({ itemId: _item, planId: _plan, ...content }) => ({
      about: {},
      after: { ...content, lifecycle: 'active' },
    }),
    words: ({ after }) => `Antogs: ”${textOf(after['title'])}”`,
  },
  ItemReworded: {
    change: (data) => revised(data),
    words: ({ after, before }) =>
      after['title'] === undefined
        ? 'Beskrivningen ändrades'
        : `Omformulerades från ”${textOf(before['title'])}” till ”${textOf(after['title'])}”`,
  },
  ItemRenumbered: {
    change: (data) => revised(data, { number: data.number ?? null }),
    words: ({ after, before }) => `Numret ändrades från ${textOf(before['number'])} till ${textOf(after['number'])}`,
  },
  ItemMoved: {
    change: (data) => revised(data),
    words: () => 'Flyttades till en annan plats i planen',
  },
  ItemConcernedChanged: {
    change: (data) => revised(data, { concerned: data.concerned ?? null }),
    words: () => 'Berörda ändrades',
  },
  ItemResponsibleChanged: {
    change: (data) => revised(data),
    words: () => 'Ansvariga ändrades',
  },
  ItemRetained: {
    change: (data) => revised(data, { lifecycle: 'retained' }),
    words: ({ about }) => withComment('Behölls oförändrad', about),
  },
  ItemCompleted: {
    change: (data) => revised(data, { lifecycle: 'completed' }),
    words: ({ about }) => withComment('Slutfördes', about),
  },
  ItemDiscontinued: {
    change: (data) => revised(data, { lifecycle: 'discontinued' }),
    words: ({ about }) => withComment('Upphörde', about),
  },
  ItemSucceeded: {
    change: ({ itemId: _item, planId: _plan, ...successor }) => ({ about: successor, after: {} }),
    words: ({ about }) => `Fick en efterföljare (${textOf(about['kind'])})`,
  },
  ItemHeld: {
    change: ({ reason, until }) => ({ about: { reason }, after: { hold: { until } } }),
    words: ({ about, after }) =>
      `Lades vilande till ${textOf((after['hold'] as Values)['until'])}: ${textOf(about['reason'])}`,
  },
  ItemResumed: {
    change: (data) => revised(data, { hold: null }),
    words: ({ about }) => withComment('Togs upp igen', about),
  },
  ItemRevisionRetracted: {
    change: ({ reason, restores, retracted, successor }) => ({
      about: { retracted, ...(successor && { successor }), reason },
      after: Object.fromEntries(Object.entries(restores).map(([name, { value }]) => [name, toldOf(name, value)])),
    }),
    words: ({ about }) =>
      `${takenBack[about['retracted'] as RetractableType]} togs tillbaka: ${textOf(about['reason'])}`,
  },
  ItemCancelled: {
    change: ({ reason }) => ({ about: { reason }, after: {} }),
    words: ({ about }) => `Registrerades av misstag och togs bort: ${textOf(about['reason'])}`,
  },
  ItemAssessed: {
    change: (data) => assessed(data, 'made'),
    words: (change, names) =>
      change.before['level'] === undefined
        ? `${whose(change, names)} bedömde: ${levelIn(change.after, names)}`
        : `${whose(change, names)} ändrade bedömningen ${fromTo(change, names)}`,
  },
  AssessmentCorrected: {
    change: (data) => assessed(data, 'corrected'),
    words: (change, names) =>
      `${whose(change, names)} rättade bedömningen ${fromTo(change, names)}: ${textOf(change.about['reason'])}`,
  },
  AssessmentWithdrawn: {
    change: (data) => assessed(data, 'withdrawn'),
    words: (change, names) =>
      `${whose(change, names)} tog tillbaka bedömningen ${levelIn(change.before, names)}: ${textOf(change.about['reason'])}`,
  },
  AssessmentReinstated: {
    change: (data) => assessed(data, 'reinstated'),
    words: (change, names) =>
      `${whose(change, names)} lät bedömningen ${levelIn(change.after, names)} gälla igen: ${textOf(change.about['reason'])}`,
  },
};

/** What is taken back, as the beginning of a sentence. */
const takenBack: { readonly [Type in RetractableType]: string } = {
  ItemReworded: 'Omformuleringen',
  ItemRenumbered: 'Det nya numret',
  ItemMoved: 'Flytten',
  ItemConcernedChanged: 'Ändringen av berörda',
  ItemResponsibleChanged: 'Ändringen av ansvariga',
  ItemRetained: 'Beskedet att uppdraget kvarstår',
  ItemCompleted: 'Slutförandet',
  ItemDiscontinued: 'Upphörandet',
  ItemSucceeded: 'Efterföljaren',
  ItemHeld: 'Vilandet',
  ItemResumed: 'Återupptagandet',
};

/** What an event says of its item. */
export const changeOf = ({ data, type }: ItemEvent): ItemChange => (story[type] as Entry<typeof data>).change(data);

/** What an event says to a Swedish reader, in one line. */
export const wordsOf = (type: ItemEvent['type'], change: ToldChange, names: Names): string =>
  story[type].words(change, names);

/** The properties that say something of a revision, not of the item. */
const remarks = ['reason', 'comment', 'printedLabel'];

function revised({ itemId: _item, planId: _plan, ...rest }: Values, told: Values = {}): ItemChange {
  const given = Object.entries(rest);
  const about = Object.fromEntries(given.filter(([name]) => remarks.includes(name)));
  const after = { ...Object.fromEntries(given.filter(([name]) => !remarks.includes(name))), ...told };
  return { about, after };
}

type Step = NonNullable<ItemChange['assessment']>['step'];

function assessed(
  data: DataOf<'ItemAssessed' | 'AssessmentCorrected' | 'AssessmentWithdrawn' | 'AssessmentReinstated'>,
  step: Step,
): ItemChange {
  const { assessmentId, bodyId, capacity, roundId } = data;
  const about = { assessmentId, roundId, bodyId, capacity, ...('reason' in data && { reason: data.reason }) };
  const said = 'level' in data ? { level: data.level, motivation: data.motivation, evidence: data.evidence } : {};
  const after = 'scale' in data ? { ...said, scale: data.scale } : said;
  return { about, after, assessment: { assessmentId, bodyId, step } };
}

/** A property in the form in which other entries tell it. */
function toldOf(name: string, value: unknown): unknown {
  if (name === 'lifecycle') return (value as { readonly state: string }).state;
  return name === 'hold' && value !== null ? { until: (value as { readonly until: string }).until } : value;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '–');

const withComment = (words: string, { comment }: Values): string =>
  comment === undefined ? words : `${words}: ${textOf(comment)}`;

const whose = ({ about }: ToldChange, names: Names): string => names.body(textOf(about['bodyId']));

const levelIn = ({ level, scale }: Values, names: Names): string => names.level(level, scale);

function fromTo({ after, before }: ToldChange, names: Names): string {
  const [from, to] = [levelIn(before, names), levelIn(after, names)];
  const [then, now] = [before['scale'], after['scale']];
  // A correction stays on the scale of what it corrects, and does not say it again.
  if (then === undefined || now === undefined || sameWhenStored(then, now)) return `från ${from} till ${to}`;
  return `till ${to}, på en annan version av skalan än ${from}, som det inte kan jämföras med`;
}
