import { sameWhenStored } from '#kernel';
import type { DiscontinuationReason, ItemEvent, RetractableType, SuccessionKind } from './item.events.js';
import { labelInWords, saysOtherwise } from './printed-label.js';
import type { RevisionClass } from './printed-label.js';
import { answersInWords, succeededInWords } from './succession.words.js';

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
  round(id: string): string;
  /** Its label and title, and its plan. */
  item(id: string): string;
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
    words: ({ about, after, before }) =>
      withReason(
        after['title'] === undefined
          ? `Beskrivningen ändrades${labelOf(about, 'reworded')}`
          : `Omformulerades från ”${textOf(before['title'])}” till ”${textOf(after['title'])}”${labelOf(about, 'reworded')}`,
        about,
      ),
  },
  ItemRenumbered: {
    change: (data) => revised(data, { number: data.number ?? null }),
    words: ({ about, after, before }) =>
      withReason(
        `Numret ändrades från ${textOf(before['number'])} till ${textOf(after['number'])}${labelOf(about, 'renumbered')}`,
        about,
      ),
  },
  ItemMoved: {
    change: (data) => revised(data),
    words: ({ about }) => withReason(`Flyttades till en annan plats i planen${labelOf(about, 'continues')}`, about),
  },
  ItemConcernedChanged: {
    change: (data) => revised(data, { concerned: data.concerned ?? null }),
    words: ({ about }) => withReason('Berörda ändrades', about),
  },
  ItemResponsibleChanged: {
    change: (data) => revised(data),
    words: ({ about }) => withReason('Ansvariga ändrades', about),
  },
  ItemRetained: {
    change: (data) => revised(data, { lifecycle: 'retained' }),
    words: ({ about }) =>
      withComment(
        isOtherwise(about, 'kept') ? `Behölls${labelOf(about, 'kept')}` : `Behölls oförändrad${labelOf(about, 'kept')}`,
        about,
      ),
  },
  ItemCompleted: {
    change: (data) => revised(data, { lifecycle: 'completed' }),
    words: ({ about }) => withComment(`Slutfördes${labelOf(about, 'completed')}`, about),
  },
  ItemDiscontinued: {
    change: (data) => revised(data, { lifecycle: 'discontinued' }),
    words: ({ about }) =>
      withComment(
        `Upphörde, ${ended[about['reason'] as DiscontinuationReason]}${labelOf(about, 'discontinued')}`,
        about,
      ),
  },
  ItemSucceeded: {
    change: ({ itemId: _item, planId: _plan, ...successor }) => ({ about: successor, after: {} }),
    words: ({ about }, names) => {
      const link = about as { readonly kind: SuccessionKind; readonly inferred: boolean };
      const successor = names.item(textOf(about['successorId']));
      return withComment(`${succeededInWords(link, successor)}${labelOf(about, link.kind)}`, about);
    },
  },
  ItemAnswerDeclared: {
    change: ({ itemId: _item, planId: _plan, ...link }) => ({ about: link, after: {} }),
    words: ({ about }, names) =>
      withComment(answersInWords(about['inferred'] === true, names.item(textOf(about['answersId']))), about),
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
    words: ({ about }, names) => {
      const link = about['successor'] as { readonly itemId: string } | undefined;
      const what = `${takenBack[about['retracted'] as RetractableType]}${link ? ` ${names.item(link.itemId)}` : ''}`;
      return `${what} togs tillbaka: ${textOf(about['reason'])}`;
    },
  },
  ItemCancelled: {
    change: ({ reason }) => ({ about: { reason }, after: {} }),
    words: ({ about }) => `Registrerades av misstag och togs bort: ${textOf(about['reason'])}`,
  },
  ItemAssessed: {
    change: (data) => assessed(data, 'made'),
    words: (change, names) =>
      change.before['level'] === undefined
        ? `${whose(change, names)} bedömde: ${levelIn(change.after, names)}${inRound(change, names)}`
        : isSameLevel(change)
          ? `${whose(change, names)} bedömde: fortsatt ${levelIn(change.after, names)}${inRound(change, names)}`
          : `${whose(change, names)} ändrade bedömningen ${fromTo(change, names)}${inRound(change, names)}`,
  },
  AssessmentCorrected: {
    change: (data) => assessed(data, 'corrected'),
    words: (change, names) =>
      `${whose(change, names)} rättade bedömningen${
        isSameLevel(change) ? `, som fortfarande är ${levelIn(change.before, names)}` : ` ${fromTo(change, names)}`
      }${inRound(change, names)}: ${textOf(change.about['reason'])}`,
  },
  AssessmentWithdrawn: {
    change: (data) => assessed(data, 'withdrawn'),
    words: (change, names) =>
      `${whose(change, names)} tog tillbaka bedömningen ${levelIn(change.before, names)}${inRound(change, names)}: ${textOf(change.about['reason'])}`,
  },
  AssessmentReinstated: {
    change: (data) => assessed(data, 'reinstated'),
    words: (change, names) =>
      `${whose(change, names)} lät bedömningen ${levelIn(change.after, names)} gälla igen${inRound(change, names)}: ${textOf(change.about['reason'])}`,
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
  ItemAnswerDeclared: 'Kopplingen uppåt',
  ItemHeld: 'Vilandet',
  ItemResumed: 'Återupptagandet',
};

/** Why an item ended, after “Upphörde”. */
const ended: { readonly [Reason in DiscontinuationReason]: string } = {
  'core-work': 'ingår i grunduppdraget',
  'outside-control': 'utanför rådigheten',
  'became-activity': 'blev aktivitet',
  merged: 'slogs ihop',
  replaced: 'ersattes',
  decided: 'enligt beslut',
  other: 'av annat skäl',
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

const withReason = (words: string, { reason }: Values): string =>
  reason === undefined ? words : `${words}: ${textOf(reason)}`;

const labelOf = ({ printedLabel }: Values, revision: RevisionClass): string => labelInWords(printedLabel, revision);

const isOtherwise = ({ printedLabel }: Values, revision: RevisionClass): boolean =>
  typeof printedLabel === 'string' && saysOtherwise(printedLabel, revision);

const inRound = ({ about }: ToldChange, names: Names): string => ` (${names.round(textOf(about['roundId']))})`;

const whose = ({ about }: ToldChange, names: Names): string => names.body(textOf(about['bodyId']));

const levelIn = ({ level, scale }: Values, names: Names): string => names.level(level, scale);

/** Whether a level stands that had stood before. A correction stays on the scale of what it corrects, and does not say it again. */
function isSameLevel({ after, before }: ToldChange): boolean {
  const [then, now] = [before['scale'], after['scale']];
  const isSameScale = then === undefined || now === undefined || sameWhenStored(then, now);
  return isSameScale && before['level'] === after['level'];
}

function fromTo({ after, before }: ToldChange, names: Names): string {
  const [from, to] = [levelIn(before, names), levelIn(after, names)];
  const [then, now] = [before['scale'], after['scale']];
  if (then === undefined || now === undefined || sameWhenStored(then, now)) return `från ${from} till ${to}`;
  return `till ${to}, på en annan version av skalan än ${from}, som det inte kan jämföras med`;
}
