import { faultIn, gapOfSign, gapReasons, kind, readPrintedNumber, say, UnreadableNumber } from '#kernel';
import type { ApiClient } from './api-client.js';
import { bodyId, groupId, itemId, roundId } from './references.js';
import type { AskedMoment } from './references.js';
import { RefusedValue } from './refused-value.js';
import { valueOf } from './value-of.js';

/** The id of what a word names. @param before the ids of what the words before it named */
export type IdOf = (client: ApiClient, word: string, moment: AskedMoment, before: readonly string[]) => Promise<string>;

/** What of a request an option gives. */
export interface Given {
  readonly flags: string;
  readonly about: string;
  /** Where in the request it stands, by points: `owner.bodyId`. */
  readonly field: string;
  readonly take?: (text: string) => unknown;
  /** Where it names something: how that is looked up. */
  readonly idOf?: IdOf;
  /** It is given one by one, and makes a list. */
  readonly isList?: true;
  /** What it says by being there. */
  readonly says?: null;
  readonly isNeeded?: true;
}

/** A command of the API, as it is called on the command line. */
export interface Mending {
  /** Such as `item hold`, with the words that follow: `<item>`. */
  readonly usage: string;
  readonly about: string;
  /** After `/v1/`, with `{}` for the words, in their order. What it has no place for is a field of the request. */
  readonly path: string;
  readonly given?: readonly Given[];
  /** Whether it may name an event that it corrects. */
  readonly corrects?: true;
  /** What is told where something was recorded. */
  readonly done: string;
}

const day = valueOf(kind.day);
const reason = (about: string): Given => ({ flags: '--reason <reason>', about, field: 'reason', isNeeded: true });
const why: Given = { flags: '--reason <reason>', about: 'why', field: 'reason' };
const comment: Given = { flags: '--comment <comment>', about: 'a remark', field: 'comment' };
const label: Given = {
  flags: '--printed-label <label>',
  about: 'what the document itself calls it',
  field: 'printedLabel',
};
const cellOf = (flags: string, about: string, field: string): Given => ({ flags, about, field, take: cell });

/** Every command of the API that revises, corrects or takes back, but for those that have files of their own here. */
export const mendings: readonly Mending[] = [
  {
    usage: 'item reword <item>',
    about: 'give an item another wording',
    path: 'items/{}/reword',
    given: [
      { flags: '--title <title>', about: 'the wording', field: 'title' },
      { flags: '--text <text>', about: 'the description', field: 'text' },
      {
        flags: '--effect <effect>',
        about: 'an expected effect; give all, one by one',
        field: 'expectedEffects',
        isList: true,
      },
      {
        flags: '--document <code>',
        about: 'a governing document; give all, one by one',
        field: 'documents',
        isList: true,
      },
      label,
      why,
    ],
    corrects: true,
    done: 'Omformulerat',
  },
  {
    usage: 'item renumber <item>',
    about: 'give an item another number, or none',
    path: 'items/{}/renumber',
    given: [
      { flags: '--number <number>', about: 'the number', field: 'number', take: valueOf(kind.itemNumber) },
      { flags: '--unnumbered', about: 'it has none from then on', field: 'number', says: null },
      label,
      why,
    ],
    corrects: true,
    done: 'Omnumrerat',
  },
  {
    usage: 'item move <item>',
    about: 'put an item under others',
    path: 'items/{}/move',
    given: [
      {
        flags: '--under <item>',
        about: 'an item above; give all, one by one',
        field: 'parents',
        idOf: itemId,
        isList: true,
        isNeeded: true,
      },
      label,
      why,
    ],
    corrects: true,
    done: 'Flyttat',
  },
  {
    usage: 'item concern <item>',
    about: 'say whom an item concerns',
    path: 'items/{}/concerned',
    given: [
      {
        flags: '--body <body>',
        about: 'a body; give all, one by one',
        field: 'concerned.bodies',
        idOf: bodyId,
        isList: true,
      },
      { flags: '--group <group>', about: 'a group instead', field: 'concerned.groupId', idOf: groupId },
      { flags: '--nobody', about: 'nobody by name', field: 'concerned', says: null },
      why,
    ],
    corrects: true,
    done: 'Berörda är ändrade',
  },
  {
    usage: 'item assign <item>',
    about: 'say which bodies answer for an item',
    path: 'items/{}/responsible',
    given: [
      {
        flags: '--body <body>',
        about: 'a body; give all, one by one',
        field: 'responsible',
        idOf: bodyId,
        isList: true,
        isNeeded: true,
      },
      why,
    ],
    corrects: true,
    done: 'Ansvariga är ändrade',
  },
  {
    usage: 'item retain <item>',
    about: 'keep an item through a revision',
    path: 'items/{}/retain',
    given: [comment, label],
    corrects: true,
    done: 'Behållet',
  },
  {
    usage: 'item complete <item>',
    about: 'declare an item completed',
    path: 'items/{}/complete',
    given: [comment, label],
    corrects: true,
    done: 'Slutfört',
  },
  {
    usage: 'item discontinue <item>',
    about: 'end an item before it is completed',
    path: 'items/{}/discontinue',
    given: [
      reason('core-work, outside-control, became-activity, merged, replaced, decided or other'),
      { ...comment, about: 'the reason in words', isNeeded: true },
      label,
    ],
    corrects: true,
    done: 'Upphört',
  },
  {
    usage: 'item hold <item>',
    about: 'let an item rest',
    path: 'items/{}/hold',
    given: [
      { flags: '--until <day>', about: 'the day on which it goes on', field: 'until', take: day, isNeeded: true },
      reason('why it rests'),
    ],
    corrects: true,
    done: 'Vilar',
  },
  {
    usage: 'item resume <item>',
    about: 'take up an item that rests',
    path: 'items/{}/resume',
    given: [comment],
    corrects: true,
    done: 'Återupptaget',
  },
  {
    usage: 'item succeed <item>',
    about: 'link an item to one that succeeds it',
    path: 'items/{}/successors',
    given: [
      { flags: '--by <item>', about: 'the newer item', field: 'successorId', idOf: itemId, isNeeded: true },
      {
        flags: '--kind <kind>',
        about: 'kept, renumbered, reworded, merged, split, replaced or continues',
        field: 'kind',
        isNeeded: true,
      },
      comment,
      label,
    ],
    corrects: true,
    done: 'Kopplat',
  },
  {
    usage: 'item answer <item>',
    about: 'say which item of another plan an item answers',
    path: 'items/{}/answers-to',
    given: [
      {
        flags: '--to <item>',
        about: "the item that it answers, mostly the council's",
        field: 'answersId',
        idOf: itemId,
        isNeeded: true,
      },
      comment,
    ],
    done: 'Kopplat',
  },
  {
    usage: 'plan amend <plan>',
    about: 'change what a plan is, or correct it',
    path: 'plans/{}/amendments',
    given: [
      { flags: '--title <title>', about: 'its title', field: 'title' },
      { flags: '--owner <body>', about: 'the body that owns it, with --role', field: 'owner.bodyId', idOf: bodyId },
      { flags: '--role <role>', about: 'the office of its owner', field: 'owner.role' },
      {
        flags: '--valid-from <day>',
        about: 'its first day; a validity is given whole',
        field: 'validity.from',
        take: day,
      },
      { flags: '--valid-to <day>', about: 'its last day', field: 'validity.to', take: day },
    ],
    corrects: true,
    done: 'Planen är ändrad',
  },
  {
    usage: 'assessment correct <item> <assessment>',
    about: 'correct what an assessment says, or its round or day',
    path: 'items/{}/assessments/{}/corrections',
    given: [
      { flags: '--level <level>', about: 'the level that it should have had', field: 'level' },
      { flags: '--motivation <text>', about: 'the motivation that it should have had', field: 'motivation' },
      {
        flags: '--round <round>',
        about: 'the round that it should have been made in',
        field: 'roundId',
        idOf: roundId,
      },
      reason('why it was wrong'),
    ],
    done: 'Bedömningen är rättad',
  },
  {
    usage: 'assessment withdraw <item> <assessment>',
    about: 'withdraw an assessment that should not have been made',
    path: 'items/{}/assessments/{}/withdrawal',
    given: [reason('why it should not have been made')],
    done: 'Bedömningen är återtagen',
  },
  {
    usage: 'value correct <indicator> <period>',
    about: 'correct a recorded value; as printed, or the sign of a gap or its code',
    path: 'indicators/{}/values/corrections',
    given: [
      cellOf('--total <value>', 'both sexes together', 'total'),
      cellOf('--women <value>', 'women and girls', 'women'),
      cellOf('--men <value>', 'men and boys', 'men'),
      { flags: '--definition <version>', about: 'the version that it is of', field: 'definition', take: Number },
      reason('why the value was wrong'),
    ],
    done: 'Värdet är rättat',
  },
  {
    usage: 'value withdraw <indicator> <period>',
    about: 'take back all that was recorded of a period',
    path: 'indicators/{}/changes/{}/cancel',
    given: [reason('why it should not have been recorded')],
    done: 'Värdet är borttaget',
  },
  {
    usage: 'indicator redefine <indicator>',
    about: 'give an indicator a new definition, whole, by --with, or correct one',
    path: 'indicators/{}/redefine',
    given: [reason('why')],
    corrects: true,
    done: 'Indikatorn är omdefinierad',
  },
  {
    usage: 'indicator target <indicator>',
    about: 'set what an indicator should reach',
    path: 'indicators/{}/targets',
    given: [
      { flags: '--direction <direction>', about: 'increase, decrease or maintain', field: 'target.direction' },
      { flags: '--at-most <value>', about: 'the highest value that meets it', field: 'target.atMost' },
      { flags: '--at-least <value>', about: 'the lowest value that meets it', field: 'target.atLeast' },
      { flags: '--by <day>', about: 'the deadline of a threshold', field: 'target.by', take: day },
      comment,
    ],
    corrects: true,
    done: 'Målet är satt',
  },
  {
    usage: 'indicator retire <indicator>',
    about: 'stop following an indicator',
    path: 'indicators/{}/retire',
    given: [reason('why')],
    done: 'Indikatorn följs inte längre',
  },
  {
    usage: 'indicator resume <indicator>',
    about: 'take back that it was retired',
    path: 'indicators/{}/resume',
    given: [reason('why it should not have been')],
    done: 'Indikatorn följs fortfarande',
  },
  {
    usage: 'indicator take-back <indicator> <event>',
    about: 'take back a value, a target or a definition in which nothing is told',
    path: 'indicators/{}/changes/{}/cancel',
    given: [reason('why it should not have been recorded')],
    done: 'Taget tillbaka',
  },
  {
    usage: 'body correct <body>',
    about: 'correct how a body was registered',
    path: 'bodies/{}/correct',
    given: [
      { flags: '--name <name>', about: 'its name', field: 'name' },
      { flags: '--kind <kind>', about: 'what sort of body it is', field: 'kind' },
      reason('why it was wrong'),
    ],
    done: 'Registreringen är rättad',
  },
  {
    usage: 'body rename <body>',
    about: 'give a body a new name',
    path: 'bodies/{}/rename',
    given: [{ flags: '--name <name>', about: 'the name', field: 'name', isNeeded: true }, why],
    corrects: true,
    done: 'Nytt namn',
  },
  {
    usage: 'body alias <body>',
    about: 'add another name of a body',
    path: 'bodies/{}/aliases',
    given: [
      { flags: '--text <text>', about: 'the other name', field: 'alias', isNeeded: true },
      { flags: '--from <day>', about: 'the first day on which it means the body', field: 'from', take: day },
      { flags: '--to <day>', about: 'the last one', field: 'to', take: day },
    ],
    done: 'Tillagt',
  },
  {
    usage: 'body amend-alias <body> <alias>',
    about: 'correct another name of a body, or end it; ALIAS is the id that the body tells with it',
    path: 'bodies/{}/aliases/{}/amend',
    given: [
      { flags: '--text <text>', about: 'what it should have been', field: 'alias' },
      { flags: '--from <day>', about: 'the first day on which it means the body', field: 'from', take: day },
      { flags: '--to <day>', about: 'the last one', field: 'to', take: day },
      reason('why'),
    ],
    done: 'Ändrat',
  },
  {
    usage: 'body take-back <body> <event>',
    about: 'take back a new name, another name or a dissolution',
    path: 'bodies/{}/changes/{}/cancel',
    given: [reason('why it should not have been recorded')],
    done: 'Taget tillbaka',
  },
  {
    usage: 'group correct <group>',
    about: 'correct the name of a group',
    path: 'groups/{}/correct',
    given: [{ flags: '--name <name>', about: 'its name', field: 'name', isNeeded: true }, reason('why it was wrong')],
    done: 'Gruppen är rättad',
  },
  {
    usage: 'group members <group>',
    about: 'say who belongs to a group',
    path: 'groups/{}/members',
    given: [
      {
        flags: '--member <body>',
        about: 'a body; give all, one by one',
        field: 'members',
        idOf: bodyId,
        isList: true,
        isNeeded: true,
      },
      why,
    ],
    corrects: true,
    done: 'Medlemmarna är ändrade',
  },
  {
    usage: 'group take-back <group> <event>',
    about: 'take back who belonged to a group from a day on',
    path: 'groups/{}/changes/{}/cancel',
    given: [reason('why it should not have been recorded')],
    done: 'Taget tillbaka',
  },
];

/** What a cell holds, as a document prints it: a number, or a gap by its sign or its code. @throws RefusedValue */
function cell(text: string): object {
  const gap = gapReasons.find((one) => one === text) ?? gapOfSign(text);
  if (gap) return { gap };
  if (!faultIn(kind.decimal, text)) return { value: text };
  try {
    return { value: readPrintedNumber(text).value };
  } catch (error) {
    if (error instanceof UnreadableNumber) throw new RefusedValue(isNoCell());
    throw error;
  }
}

const isNoCell = say(
  'It must be a number, or a gap by its sign or its code.',
  'Det ska vara ett tal, eller en lucka med sitt tecken eller sin kod.',
);
