import Type from 'typebox';
import { decisionSchema } from './decision.schema.js';
import {
  closed,
  date,
  dayOrYear,
  grounds,
  key,
  keys,
  month,
  newInTwo,
  note,
  text,
  year,
  saying,
} from './vocabulary.js';
import { wording } from './wording.js';

const owner = Type.Object(
  {
    body: key('The body that owns the plan'),
    role: Type.Optional(text('The role that answers for the document: a role, never a person', 200)),
  },
  { ...closed, description: 'Who owns the plan' },
);

const validity = Type.Object(
  {
    from: Type.Optional(date('First day the plan holds; left out where it tells none')),
    to: Type.Optional(date('Last day the plan holds; left out when open-ended')),
  },
  { ...closed, description: 'When the plan holds' },
);

const scaleReference = Type.Object(
  {
    key: key('The scale'),
    version: Type.Integer({ description: 'Its version', minimum: 1 }),
  },
  { ...closed, description: 'The scale that the items of this plan are assessed on' },
);

const kind = Type.Object(
  {
    code: key('The kind as data'),
    label: text('What one such item is called', 100),
    plural: text('What several are called', 100),
    order: Type.Integer({ description: 'Where the kind stands when kinds are listed', minimum: 1 }),
    parents: keys('The kinds that such an item may lie under; empty for the topmost', 'The code of a kind'),
  },
  { ...closed, description: 'A kind of item: the levels of a plan are its own' },
);

const document = Type.Object(
  {
    key: key('The document, within this plan'),
    title: text('Its title', 500),
    printedTitle: Type.Optional(text('How the plan prints it, where that differs from the title', 500)),
    validity: Type.Optional(
      Type.Object(
        { from: Type.Optional(date('First day it holds')), to: Type.Optional(date('Last day it holds')) },
        { ...closed, description: 'When the document holds. An expired one may still be listed' },
      ),
    ),
    note: Type.Optional(note()),
  },
  { ...closed, description: 'A governing document (styrdokument) that the plan lists or links to' },
);

const recurrence = Type.Object(
  {
    each: Type.Enum(['year'], { description: 'How often' }),
    month: Type.Optional(Type.Integer({ description: 'In which month, from 1 on', minimum: 1, maximum: 12 })),
  },
  { ...closed, description: 'That it comes again, where no year is told' },
);

const occasion = Type.Object(
  {
    kind: key('What sort of round it is, such as april, augusti or bokslut'),
    label: text('The name of the round', 200),
    year: Type.Optional(year('The year that is followed up; left out of what recurs')),
    recurs: Type.Optional(recurrence),
    month: Type.Optional(month('The month that it is in, where no day is told')),
    referenceDate: Type.Optional(date('The day that the follow-up speaks of')),
    deadline: Type.Optional(date('The last day for assessments')),
    meeting: Type.Optional(text('The meeting that decides, as the plan names it', 200)),
    scope: keys('The kinds of item that are assessed', 'The code of a kind', { minItems: 1 }),
    note: Type.Optional(note()),
  },
  {
    ...closed,
    ...newInTwo('month', 'recurs'),
    description: 'A round that the plan foresees. What the plan does not tell of it is left out',
  },
);

export const planSchema = Type.Object(
  {
    key: key('The stable identity of the plan within its tenant'),
    title: saying('The title of the plan', 500),
    owner,
    decision: Type.Optional(
      decisionSchema('The formal decision that adopted the plan. Left out where no source proves it'),
    ),
    validity,
    scale: Type.Optional(scaleReference),
    kinds: Type.Array(kind, { description: 'The kinds of item that the plan consists of', minItems: 1 }),
    documents: Type.Optional(Type.Array(document, { description: 'The governing documents of the plan' })),
    calendar: Type.Optional(Type.Array(occasion, { description: 'The rounds that the plan foresees, in order' })),
    ...grounds,
  },
  { ...closed, ...newInTwo('inferred'), description: 'The plan that this file holds' },
);

export const concerned = Type.Union(
  [
    Type.Object(
      { bodies: keys('The bodies, in the order they are printed', 'A body, by its key', { minItems: 1 }) },
      { ...closed, description: 'Bodies, named one by one' },
    ),
    Type.Object(
      { group: key('The group; its members are looked up as of a day') },
      { ...closed, description: 'A group of bodies' },
    ),
  ],
  {
    description: 'Whom the item concerns (berörda)',
    errorMessage: wording(
      'concerned',
      'give either bodies: [ … ] or group: …',
      'ge antingen bodies: [ … ] eller group: …',
    ),
  },
);

const otherNumber = Type.Object(
  { number: text('The number', 60), where: text('The document', 200) },
  { ...closed, description: 'A number in another document' },
);

const given = Type.Object(
  {
    by: key('The body that gave it'),
    on: Type.Optional(dayOrYear('The day, or the year')),
    reference: Type.Optional(text('Its number there, such as 2021:8', 100)),
  },
  { ...closed, description: 'Who gave the item, where a document tells that' },
);

const acting = Type.Object(
  {
    body: key('A responsible body'),
    through: keys('Those through whom it acts', 'A body', { minItems: 1 }),
  },
  { ...closed, description: 'A body that acts through others' },
);

export const itemSchema = Type.Object(
  {
    key: key('The stable identity of the item within its plan. It stays when the number changes'),
    kind: key('The code of its kind'),
    number: Type.Optional(text('Its number as printed, without the name of its kind; left out when it has none', 60)),
    title: saying('Its wording', 2_000),
    text: Type.Optional(text('What it is about, in short')),
    parents: Type.Optional(
      keys('The items it lies under, the first one first; each stands earlier in the file', 'An item'),
    ),
    concerned: Type.Optional(concerned),
    concernedAsPrinted: Type.Optional(text('The concerned bodies as the document prints them', 500)),
    responsible: Type.Optional(
      keys('The responsible bodies (ansvariga); empty where a document prints none', 'A body'),
    ),
    documents: Type.Optional(keys('The governing documents that it is linked to', 'A document of the plan')),
    expectedEffects: Type.Optional(
      Type.Array(text('One effect'), { description: 'What it should lead to (förväntade effekter)' }),
    ),
    otherNumbers: Type.Optional(
      Type.Array(otherNumber, {
        description: 'Numbers that it has in other documents, such as an appendix',
        minItems: 1,
      }),
    ),
    given: Type.Optional(given),
    acting: Type.Optional(
      Type.Array(acting, { description: 'Responsible bodies that act through others', minItems: 1 }),
    ),
    from: Type.Optional(date('The first day on which it is in the plan; left out, the first day of the plan')),
    decision: Type.Optional(
      decisionSchema('The formal decision that gave it; left out, with a day of its own too, the one behind the plan'),
    ),
    retold: Type.Optional(
      Type.Array(Type.Enum(['title', 'text', 'expectedEffects'], { description: 'A property' }), {
        description: 'What is retold in short in words of the file, and not as the document words it',
        minItems: 1,
      }),
    ),
    ...grounds,
  },
  {
    ...closed,
    ...newInTwo('acting', 'decision', 'from', 'given', 'inferred', 'otherNumbers', 'retold'),
    description: 'A goal, an assignment, an action or whatever the kinds of the plan name',
  },
);
