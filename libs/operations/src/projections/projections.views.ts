import {
  ActorView,
  AnyTextField,
  BooleanField,
  ChoiceField,
  DamageView,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectsField,
  RecordField,
  ValueField,
} from '#http-api';
import { inLanguage, kind, paramsIn } from '#kernel';
import type { Language } from '#kernel';
import type { Parked, ProjectionStatus } from '#projecting';

class ParkedView {
  @ValueField(kind.position, { example: '00000000000000000413', description: 'Where the event stands in the log' })
  position!: string;
  @IdField({ description: 'The event' })
  eventId!: string;
  @AnyTextField({ example: 'ItemAssessed', description: 'Its type' })
  type!: string;
  @AnyTextField({
    example: 'The event ItemAssessed at 00000000000000000413 …',
    description: 'What stands in the way',
  })
  error!: string;
  @AnyTextField({ example: 'corrupt-event', description: 'What programs read in its stead', optional: true })
  errorCode?: string;
  @RecordField({
    example: { type: 'ItemAssessed' },
    description: 'What its message is made of',
    optional: true,
  })
  errorParams?: object;
  @InstantField({ description: 'Since when' })
  at!: string;
  @IntegerField({
    min: 0,
    example: 6,
    description: 'The partition of the tenants for which it is parked, 0 to 15; for the others it goes on',
    optional: true,
  })
  partition?: number;
}

export class SkipView {
  @ValueField(kind.position, { example: '00000000000000000413', description: 'Where the event stands in the log' })
  position!: string;
  @IdField({ description: 'The event' })
  eventId!: string;
  @AnyTextField({ example: 'ItemAssessed', description: 'Its type' })
  type!: string;
  @ObjectField(() => ActorView, { description: 'Who decided: an id and a role' })
  by!: ActorView;
  @InstantField({ description: 'When it was decided' })
  at!: string;
  @AnyTextField({ example: 'The item was never adopted; see ärende 1234', description: 'Why' })
  reason!: string;
}

export class ProjectionStatusView {
  @AnyTextField({ example: 'item-status', description: 'The projection' })
  name!: string;
  @IntegerField({ min: 0, example: 1, description: 'The version of the documents that answer' })
  version!: number;
  @ChoiceField({
    of: ['current', 'behind', 'parked', 'ahead', 'not-started'],
    description: 'How it stands. Ahead: the documents hold what the log does not, which is another one than before',
  })
  state!: string;
  @BooleanField({ example: false, description: 'Whether documents are being made anew' })
  rebuilding!: boolean;
  @IntegerField({ min: 0, example: 1, description: 'Rises with every rebuild' })
  generations!: number;
  @ValueField(kind.position, {
    example: '00000000000000000412',
    description: 'The documents hold every event up to here, of every tenant',
  })
  position!: string;
  @ValueField(kind.position, {
    example: '00000000000000000207',
    description: 'Where documents that are being made anew have come',
    optional: true,
  })
  buildPosition?: string;
  @ValueField(kind.position, { example: '00000000000000000412', description: 'The newest event of the log' })
  head!: string;
  @IntegerField({ min: 0, example: 0, description: 'How far behind the documents are' })
  lagSeconds!: number;
  @ChoiceField({
    of: ['rebuild', 'retry'],
    description: 'What was asked of its runner, which has not answered yet',
    optional: true,
  })
  requested?: string;
  @ObjectField(() => ParkedView, { description: 'The event that it cannot take', optional: true })
  parked?: ParkedView;
  @ObjectField(() => ParkedView, {
    description: 'The event that the documents that are being made anew cannot take',
    optional: true,
  })
  buildParked?: ParkedView;
  @IntegerField({
    min: 0,
    example: 0,
    description: 'How many of the sixteen partitions are parked. The others go on',
  })
  parkedPartitions!: number;
  @AnyTextField({
    example: 'The log is damaged: revision 0 of … is missing, and revision 1 is there instead',
    description: 'Why the documents that were made anew do not take over: what the log has lost',
    optional: true,
  })
  buildHeld?: string;
  @ObjectsField(() => SkipView, { description: 'The events that the documents lack, because it was decided so' })
  skipped!: SkipView[];
}

/** How a projection stands, in a language. */
export function projectionViewOf(status: ProjectionStatus, language: Language): ProjectionStatusView {
  const { buildHeldSaid, buildParked, parked, ...rest } = status;
  return {
    ...rest,
    skipped: [...status.skipped],
    ...(parked && { parked: parkedIn(language, parked) }),
    ...(buildParked && { buildParked: parkedIn(language, buildParked) }),
    ...(buildHeldSaid && { buildHeld: inLanguage(language, buildHeldSaid) }),
  };
}

const parkedIn = (language: Language, { said, ...parked }: Parked): ParkedView => ({
  ...parked,
  ...(said && {
    error: inLanguage(language, said),
    ...(said.code !== undefined && { errorCode: said.code }),
    errorParams: paramsIn(language, said),
  }),
});

class DifferenceView {
  @AnyTextField({ example: '0a1b…', description: 'The document' })
  id!: string;
  @ChoiceField({
    of: ['missing', 'needless', 'different', 'ahead-of-log', 'ahead-of-checkpoint'],
    description: 'What is wrong with it',
  })
  kind!: string;
  @AnyTextField({ example: 'level', description: 'The first field that differs', optional: true })
  field?: string;
}

class MisdescribedView {
  @ValueField(kind.position, { description: 'Where the event stands in the log' })
  position!: string;
  @IdField({ description: 'The event' })
  eventId!: string;
  @AnyTextField({ example: '/decision must be object', description: 'Where its metadata is not as it should be' })
  fault!: string;
}

export class VerificationView {
  @AnyTextField({ example: 'item-status', description: 'The projection' })
  name!: string;
  @ValueField(kind.position, {
    example: '00000000000000000412',
    description: 'Documents and log were compared up to here',
  })
  position!: string;
  @IntegerField({ min: 0, example: 80, description: 'How many documents there are' })
  documents!: number;
  @IntegerField({ min: 0, example: 412, description: 'How many events were read' })
  events!: number;
  @IntegerField({ min: 0, example: 0, description: 'How many documents are not what the log says' })
  differing!: number;
  @IntegerField({ min: 0, example: 0, description: 'How many streams of the log are not whole' })
  damagedStreams!: number;
  @IntegerField({
    min: 0,
    example: 0,
    description: 'How many events the documents hold of which the log says nothing any longer',
  })
  lostEvents!: number;
  @ObjectsField(() => DamageView, { description: 'At most a hundred of them: what they lack is compared with nothing' })
  damaged!: DamageView[];
  @ObjectsField(() => DifferenceView, { description: 'At most a hundred of them' })
  differences!: DifferenceView[];
  @ObjectsField(() => SkipView, {
    description: 'The events that were left out on both sides, because it was decided so',
  })
  skipped!: SkipView[];
  @ObjectsField(() => MisdescribedView, {
    description:
      'At most a hundred events that say of themselves what no event would say now; they are read as they are',
  })
  misdescribed!: MisdescribedView[];
  @IntegerField({ min: 0, example: 0, description: 'How many there are' })
  misdescribedEvents!: number;
}
