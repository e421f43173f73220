import { gapOfSign, gapReasons, kind, readPrintedNumber, say } from '#kernel';
import type { GapReason } from '#kernel';
import {
  BooleanField,
  ChoiceField,
  CodeField,
  CommandRequest,
  CorrectingRequest,
  CorrectsField,
  DayField,
  DecimalField,
  ExactlyOneOf,
  FieldsFollow,
  IdField,
  IdsField,
  IntegerField,
  ObjectField,
  SayingField,
  TextField,
  ValueField,
} from '#http-api';
import { directions, highestFactor, mostDecimals } from './indicator.events.js';
import type { Cell, Direction, Target } from './indicator.events.js';

/** What is measured, as requests and answers tell of it. */
export class MeasureFields {
  @TextField({ description: 'What one unit of the value is', example: 'procent', max: 100 })
  unit!: string;

  @CodeField({ description: 'How the value arises. Only a count adds up over the sexes', example: 'share' })
  kind!: string;
}

/** What an indicator is the quotient of, as requests and answers tell of it. */
export class DerivationFields {
  @IdField({ description: 'The indicator above' })
  numerator!: string;

  @IdField({ description: 'The indicator below' })
  denominator!: string;

  @IntegerField({ description: 'What the quotient is multiplied by', example: 100, min: 1, max: highestFactor })
  factor!: number;

  @IntegerField({
    description: 'How many decimals it is told with; a half is rounded away from zero',
    example: 1,
    min: 0,
    max: mostDecimals,
  })
  decimals!: number;
}

class DefinitionRequest extends CommandRequest {
  @TextField({ description: 'Its name as printed', example: 'Andel vuxna biståndsmottagare', max: 500 })
  name!: string;

  @IdField({ description: 'The body that follows it' })
  ownerId!: string;

  @ObjectField(() => MeasureFields, { description: 'What is measured' })
  measure!: MeasureFields;

  @ChoiceField({ description: 'The wanted direction: öka, minska or behåll', of: directions })
  direction!: Direction;

  @TextField({ description: 'Where the values come from', example: 'Kolada', max: 500 })
  source!: string;

  @BooleanField({ description: 'Whether it is shown for women and men under the total', example: true })
  splitBySex!: boolean;

  @IdsField({ description: 'The items that list it', min: 1 })
  itemIds!: string[];
}

export class DefineIndicatorRequest extends DefinitionRequest {
  @TextField({ description: 'The value it is compared with, as printed', max: 100, optional: true })
  comparison?: string;

  @ObjectField(() => DerivationFields, { description: 'The two indicators that it is the quotient of', optional: true })
  derived?: DerivationFields;

  @CodeField({ description: 'A stable short name of your own, once per plan', example: 'andel-vuxna', optional: true })
  key?: string;
}

export class RedefineIndicatorRequest extends DefinitionRequest {
  @CorrectsField()
  corrects?: string;

  @TextField({ description: 'The value it is compared with, as printed; null: with none', max: 100, nullable: true })
  comparison!: string | null;

  @ObjectField(() => DerivationFields, {
    description: 'The two indicators that it is the quotient of; null: of none; left out: as before',
    nullable: true,
    optional: true,
  })
  derived?: DerivationFields | null;

  @BooleanField({
    description:
      'Whether values of before are not to be compared with those after it, as where a method changed. Another unit or kind of measure says so by itself',
    optional: true,
  })
  breaksSeries?: boolean;

  @SayingField({ description: 'Why', max: 2_000 })
  reason!: string;
}

@ExactlyOneOf('value', 'gap')
@FieldsFollow({
  says: say(
    'must print the same value in asPrinted, with the same provisional month as provisionalAsOf, or the sign of the same gap',
    'ska ha samma värde i asPrinted, med samma preliminära månad som provisionalAsOf, eller tecknet för samma lucka',
    'printed-otherwise',
  )(),
  holds: isPrintedSo,
})
class CellRequest {
  @DecimalField({ description: 'The value', optional: true })
  value?: string;

  @ValueField(kind.printed, { description: 'As the document prints it', optional: true })
  asPrinted?: string;

  @ValueField(kind.month, { description: 'The month up to which a provisional value speaks', optional: true })
  provisionalAsOf?: string;

  @ChoiceField({ description: 'Why there is no value', of: gapReasons, optional: true })
  gap?: GapReason;
}

/** A gap prints its sign or nothing, and a value the same number, provisional just as it is. */
function isPrintedSo({ asPrinted, gap, provisionalAsOf, value }: CellRequest): boolean {
  if (asPrinted !== undefined && typeof asPrinted !== 'string') return true;
  if (gap !== undefined) {
    return provisionalAsOf === undefined && (asPrinted === undefined || gapOfSign(asPrinted) === gap);
  }
  if (asPrinted === undefined) return true;
  try {
    const printed = readPrintedNumber(asPrinted);
    const month = provisionalAsOf === undefined ? undefined : Number(String(provisionalAsOf).slice(5));
    return printed.value === value && printed.provisionalAsOf === month;
  } catch {
    return false;
  }
}

class ObservationRequest extends CommandRequest {
  @ValueField(kind.period, {
    description:
      'A year, a month, quarter, third or half of it, or a school year: 2025, 2025-03, 2025-Q1, 2025-T1, 2025-H1, 2024/25',
  })
  period!: string;

  @ObjectField(() => CellRequest, { description: 'Both sexes together', optional: true })
  total?: Cell;

  @ObjectField(() => CellRequest, { description: 'Women and girls', optional: true })
  women?: Cell;

  @ObjectField(() => CellRequest, { description: 'Men and boys', optional: true })
  men?: Cell;
}

export class RecordValueRequest extends ObservationRequest {
  @IntegerField({
    description: 'The version of the definition that is meant; left out, the one that holds on the day',
    min: 1,
    max: 10_000,
    optional: true,
  })
  definition?: number;
}

export class CorrectValueRequest extends ObservationRequest {
  @IntegerField({
    description: 'The version of the definition that is meant; left out, that of what is corrected',
    min: 1,
    max: 10_000,
    optional: true,
  })
  definition?: number;

  @SayingField({ description: 'Why the value was wrong', max: 2_000 })
  reason!: string;
}

@ExactlyOneOf('direction', 'atMost', 'atLeast')
@FieldsFollow({
  says: say(
    'must give by with a threshold, and not with a direction',
    'ska ange by med ett gränsvärde, och inte med en riktning',
    'deadline-of-threshold',
  )(),
  holds: ({ by, direction }) => (direction === undefined) === (by !== undefined),
  schema: { oneOf: [{ required: ['direction'] }, { required: ['by'] }] },
})
export class TargetFields {
  @ChoiceField({ description: 'A wanted direction', of: directions, optional: true })
  direction?: Direction;

  @DecimalField({ description: 'The highest value that meets the target', example: '1', optional: true })
  atMost?: string;

  @DecimalField({ description: 'The lowest value that meets the target', example: '80', optional: true })
  atLeast?: string;

  @DayField({ description: 'The deadline of a threshold', example: '2026-12-31', optional: true })
  by?: string;
}

export class SetTargetRequest extends CorrectingRequest {
  @ObjectField(() => TargetFields, { description: 'A direction, or a threshold with its deadline' })
  target!: Target;

  @SayingField({ description: 'A remark', max: 2_000, optional: true })
  comment?: string;
}

export class RetireIndicatorRequest extends CommandRequest {
  @SayingField({ description: 'Why', max: 2_000 })
  reason!: string;
}
