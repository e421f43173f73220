import {
  AnyTextField,
  BooleanField,
  ChoiceField,
  CodeField,
  DamageView,
  DayField,
  ExactlyOneOf,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectsField,
  ValueField,
} from '#http-api';
import { inLanguage, kind } from '#kernel';
import type { Language } from '#kernel';
import { itemAspects } from './comparison/compare-snapshots.js';
import type {
  BodyChange,
  ComparedSide,
  ComputedValues,
  CountChange,
  IndicatorChange,
  ItemChange,
  SnapshotComparison,
} from './comparison/compare-snapshots.js';
import type { Making } from './jobs/snapshot-making.js';
import type { RoundIssue } from './shelf/issues-of-round.js';
import { verdicts } from './shelf/snapshot-archive.js';
import type { SnapshotVerification } from './shelf/snapshot-archive.js';

const sha256 = 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26';

export class SnapshotView {
  @IdField({ description: 'The snapshot' })
  id!: string;
  @IdField({ description: 'The round' })
  roundId!: string;
  @IdField({ description: 'The plan that is followed up' })
  planId!: string;
  @AnyTextField({ example: 'Delårsuppföljning augusti 2025', description: 'The name of the round' })
  round!: string;
  @IntegerField({ min: 1, example: 1, description: 'Which issue of the round it is' })
  issue!: number;
  @IntegerField({ min: 1, example: 1, description: 'The version of the rule that it is folded by' })
  rule!: number;
  @InstantField({ description: 'When it was frozen: what came later is not in it' })
  frozenAt!: string;
  @IntegerField({ min: 1, example: 1, description: 'The issue that it replaces', optional: true })
  replaces?: number;
  @AnyTextField({ example: 'Rättad bedömning av uppdrag 7', description: 'Why there is a new issue', optional: true })
  reason?: string;
  @AnyTextField({
    example: 'Kommunstyrelsen lämnar muntligt',
    description: 'Why it was frozen though bodies were not ready',
    optional: true,
  })
  override?: string;
  @ChoiceField({ of: ['made', 'being-made', 'failed'], example: 'made', description: 'Whether it can be read yet' })
  state!: Making['state'];
  @AnyTextField({
    example: 'The event store does not answer',
    description: 'What keeps it from being made; it goes on by itself',
    optional: true,
  })
  waitingFor?: string;
  @AnyTextField({
    example: 'The snapshot … is kept with another SHA-256',
    description: 'Why it could not be made; it is tried again within a minute',
    optional: true,
  })
  error?: string;
  @ValueField(kind.sha256, {
    example: sha256,
    description: 'SHA-256 of its canonical JSON, as the log recorded it',
    optional: true,
  })
  sha256?: string;
  @IntegerField({ min: 0, example: 412_345, description: 'The length of its canonical JSON', optional: true })
  bytes?: number;
  @InstantField({ description: 'When it was recorded', optional: true })
  recordedAt?: string;
}

export function snapshotView(
  { boundBy: _, recorded, snapshotId, ...issue }: RoundIssue,
  { error, state, waitingFor }: Making,
  language: Language,
): SnapshotView {
  return {
    id: snapshotId,
    ...issue,
    state,
    ...(waitingFor && { waitingFor: inLanguage(language, waitingFor) }),
    ...(error && { error: inLanguage(language, error) }),
    ...(recorded && { sha256: recorded.sha256, bytes: recorded.bytes, recordedAt: recorded.at }),
  };
}

export class SnapshotVerificationView implements SnapshotVerification {
  @IdField({ description: 'The snapshot' })
  snapshotId!: string;
  @ChoiceField({
    of: verdicts,
    example: 'same',
    description: 'Whether the log, the recorded SHA-256 and the kept bytes agree',
  })
  verdict!: SnapshotVerification['verdict'];
  @ValueField(kind.sha256, { example: sha256, description: 'SHA-256 of what folding the log gives now' })
  folded!: string;
  @ValueField(kind.sha256, { example: sha256, description: 'SHA-256 that the log recorded', optional: true })
  recorded?: string;
  @ValueField(kind.sha256, { example: sha256, description: 'SHA-256 of the bytes that are kept', optional: true })
  kept?: string;
  @IntegerField({ min: 0, example: 50_000, description: 'How many events were read' })
  events!: number;
  @ObjectsField(() => DamageView, { description: 'The streams that were read and are not whole, at most a hundred' })
  damaged!: DamageView[];
  @IntegerField({ min: 0, example: 0, description: 'How many streams that were read are not whole' })
  damagedStreams!: number;
}

/** Told where it is so, else left out. */
const InventedField = (description: string) => BooleanField({ example: true, description, optional: true });

class NamedView {
  @AnyTextField({ example: 'Kommunstyrelsen', description: 'What it is called' })
  name!: string;
}

class ComparedBodyView extends NamedView {
  @AnyTextField({ example: 'AMN', description: 'How tables name it', optional: true })
  abbreviation?: string | undefined;
  @IdField({ description: 'The body' })
  bodyId!: string;
}

class ComparedItemView {
  @IdField({ description: 'The item' })
  itemId!: string;
  @AnyTextField({ example: 'Uppdrag 34', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @InventedField('That it was made up')
  invented?: boolean;
}

class ComparedRoundView {
  @IdField({ description: 'The round' })
  roundId!: string;
  @AnyTextField({ example: 'Delårsuppföljning augusti 2025', description: 'Its name' })
  label!: string;
  @DayField({ example: '2025-08-31', description: 'The day that it speaks of' })
  referenceDate!: string;
}

class ComparedSideView implements ComparedSide {
  @ObjectField(() => ComparedRoundView, { description: 'The round' })
  round!: ComparedRoundView;
  @IntegerField({ min: 1, example: 1, description: 'The issue; null for what is known now', nullable: true })
  issue!: number | null;
  @InstantField({ description: 'When it was frozen', nullable: true })
  frozenAt!: string | null;
  @InventedField('That something it tells was made up')
  invented?: boolean;
}

class ItemChangeView implements ItemChange {
  @ChoiceField({ of: itemAspects, example: 'level', description: 'What is told otherwise' })
  what!: ItemChange['what'];
  @ObjectField(() => ComparedBodyView, { description: 'Whose contribution it is', optional: true })
  body?: ComparedBodyView;
  @AnyTextField({ example: 'Gul', description: 'As reported then', nullable: true })
  then!: string | null;
  @AnyTextField({ example: 'Grön', description: 'As told now', nullable: true })
  now!: string | null;
}

class ChangedItemView {
  @ObjectField(() => ComparedItemView, { description: 'The item' })
  item!: ComparedItemView;
  @ObjectsField(() => ItemChangeView, { description: 'What is told otherwise of it' })
  changes!: readonly ItemChangeView[];
}

class ReportedView {
  @InstantField({ description: 'When it said that it was ready', nullable: true })
  readyAt!: string | null;
  @IntegerField({ min: 0, example: 7, description: 'How many items it has assessed' })
  assessed!: number;
  @IntegerField({ min: 0, example: 9, description: 'Of how many' })
  expected!: number;
}

class BodyChangeView implements BodyChange {
  @ObjectField(() => ComparedBodyView, { description: 'The body' })
  body!: ComparedBodyView;
  @ObjectField(() => ReportedView, { description: 'How far it had come then' })
  then!: ReportedView;
  @ObjectField(() => ReportedView, { description: 'How far it has come now' })
  now!: ReportedView;
}

class ComparedIndicatorView extends NamedView {
  @IdField({ description: 'The indicator' })
  indicatorId!: string;
  @InventedField('That it was made up')
  invented?: boolean;
}

@ExactlyOneOf('value', 'gap')
class ComparedCellView {
  @ValueField(kind.decimal, { example: '1.19', description: 'The value', optional: true })
  value?: string;
  @AnyTextField({ example: '5 787 (okt)', description: 'As the document prints it', optional: true })
  asPrinted?: string;
  @ValueField(kind.month, { description: 'The month up to which a provisional value speaks', optional: true })
  provisionalAsOf?: string;
  @CodeField({ example: 'not-measured', description: 'Why there is no value', optional: true })
  gap?: string;
}

class ComputedValuesView implements ComputedValues {
  @ValueField(kind.decimal, { example: '26.3', description: 'Both sexes together', optional: true })
  total?: string | undefined;
  @ValueField(kind.decimal, { example: '26.3', description: 'Women and girls', optional: true })
  women?: string | undefined;
  @ValueField(kind.decimal, { example: '19.9', description: 'Men and boys', optional: true })
  men?: string | undefined;
}

class ComparedColumnsView {
  @ObjectField(() => ComparedCellView, { description: 'Both sexes together', optional: true })
  total?: ComparedCellView | undefined;
  @ObjectField(() => ComparedCellView, { description: 'Women and girls', optional: true })
  women?: ComparedCellView | undefined;
  @ObjectField(() => ComparedCellView, { description: 'Men and boys', optional: true })
  men?: ComparedCellView | undefined;
  @ObjectField(() => ComputedValuesView, {
    description: 'What the two sources make of it, where it is derived',
    optional: true,
  })
  computed?: ComputedValuesView | undefined;
  @InventedField('That what was recorded of it, corrected or computed was made up')
  invented?: boolean;
  @AnyTextField({
    example: 'Slutsats: avläst ur diagram',
    description: 'Where it comes from, in words, where both sides tell that',
    optional: true,
  })
  provenance?: string;
}

class PeriodChangeView {
  @ValueField(kind.period, { description: 'The period' })
  period!: string;
  @ObjectField(() => ComparedColumnsView, { description: 'As reported then; null: nothing was', nullable: true })
  then!: IndicatorChange['periods'][0]['then'];
  @ObjectField(() => ComparedColumnsView, { description: 'As told now; null: nothing is', nullable: true })
  now!: IndicatorChange['periods'][0]['now'];
}

class IndicatorChangeView implements IndicatorChange {
  @ObjectField(() => ComparedIndicatorView, { description: 'The indicator' })
  indicator!: ComparedIndicatorView;
  @ObjectsField(() => PeriodChangeView, { description: 'The periods whose values differ' })
  periods!: readonly PeriodChangeView[];
  @BooleanField({ example: false, description: 'Whether its definition or target differs' })
  redefined!: boolean;
}

class CountChangeView implements CountChange {
  @AnyTextField({ example: 'delayed', description: 'The code of a level, or another count' })
  what!: string;
  @AnyTextField({ example: 'Gul', description: 'What is counted' })
  label!: string;
  @IntegerField({ min: 0, example: 3, description: 'How many then' })
  then!: number;
  @IntegerField({ min: 0, example: 2, description: 'How many now' })
  now!: number;
}

export class SnapshotComparisonView implements SnapshotComparison {
  @ObjectField(() => ComparedSideView, { description: 'What was reported' })
  then!: ComparedSideView;
  @ObjectField(() => ComparedSideView, { description: 'What it is compared with' })
  now!: ComparedSideView;
  @BooleanField({ example: false, description: 'Whether nothing differs' })
  same!: boolean;
  @ObjectsField(() => ComparedItemView, { description: 'Items that were not there then' })
  addedItems!: readonly ComparedItemView[];
  @ObjectsField(() => ComparedItemView, { description: 'Items that are not there now' })
  removedItems!: readonly ComparedItemView[];
  @ObjectsField(() => ChangedItemView, { description: 'Items of which something is told otherwise' })
  changedItems!: readonly ChangedItemView[];
  @ObjectsField(() => BodyChangeView, { description: 'Bodies that have come further, or less far' })
  bodies!: readonly BodyChangeView[];
  @ObjectsField(() => ComparedIndicatorView, { description: 'Indicators that were not there then' })
  addedIndicators!: readonly ComparedIndicatorView[];
  @ObjectsField(() => ComparedIndicatorView, { description: 'Indicators that are not there now' })
  removedIndicators!: readonly ComparedIndicatorView[];
  @ObjectsField(() => IndicatorChangeView, { description: 'Indicators that moved' })
  changedIndicators!: readonly IndicatorChangeView[];
  @ObjectsField(() => CountChangeView, { description: 'Every count, then and now' })
  totals!: readonly CountChangeView[];
}
