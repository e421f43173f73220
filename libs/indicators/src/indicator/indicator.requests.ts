import { readPrintedNumber } from '#kernel';
import { ValidateBy } from 'class-validator';
import {
  BooleanField,
  ChoiceField,
  CodeField,
  CommandRequest,
  DayField,
  DecimalField,
  ExactlyOneOf,
  IdField,
  IdsField,
  ObjectField,
  TextField,
} from '#http-api';
import { applyDecorators } from '@nestjs/common';
import { directions, gapReasons, periodPattern } from './indicator.events.js';
import type { Cell, Direction, GapReason, Target } from './indicator.events.js';

class MeasureRequest {
  @TextField({ description: 'What one unit of the value is', example: 'procent', max: 100 })
  unit!: string;

  @CodeField({ description: 'How the value arises. Only a count adds up over the sexes', example: 'share' })
  kind!: string;
}

class DefinitionRequest extends CommandRequest {
  @TextField({ description: 'Its name as printed', example: 'Andel vuxna biståndsmottagare', max: 500 })
  name!: string;

  @IdField({ description: 'The body that follows it' })
  ownerId!: string;

  @ObjectField(() => MeasureRequest, { description: 'What is measured' })
  measure!: MeasureRequest;

  @ChoiceField({ description: 'The wanted direction: öka, minska or behåll', of: directions })
  direction!: Direction;

  @TextField({ description: 'Where the values come from', example: 'Kolada', max: 500 })
  source!: string;

  @BooleanField({ description: 'Whether it is shown for women and men under the total', example: true })
  splitBySex!: boolean;

  @TextField({ description: 'The value it is compared with, as printed', max: 100, optional: true })
  comparison?: string;

  @IdsField({ description: 'The items that list it', min: 1 })
  itemIds!: string[];
}

export class DefineIndicatorRequest extends DefinitionRequest {
  @CodeField({ description: 'A stable short name of your own, once per plan', example: 'andel-vuxna', optional: true })
  key?: string;
}

export class RedefineIndicatorRequest extends DefinitionRequest {
  @TextField({ description: 'Why', max: 2_000 })
  reason!: string;
}

class CellRequest {
  @DecimalField({ description: 'The value', optional: true })
  value?: string;

  @TextField({ description: 'As the document prints it', example: '5 787 (okt)', max: 40, optional: true })
  asPrinted?: string;

  @TextField({
    description: 'The month up to which a provisional value speaks, as YYYY-MM',
    example: '2024-10',
    max: 7,
    optional: true,
  })
  provisionalAsOf?: string;

  @ChoiceField({ description: 'Why there is no value', of: gapReasons, optional: true })
  gap?: GapReason;
}

/** A value or a gap. What is printed must be the same number, and provisional just as the value is. */
function CellField(description: string): PropertyDecorator {
  return applyDecorators(
    ObjectField(() => CellRequest, { description, optional: true }),
    ExactlyOneOf(['value', 'gap']),
    ValidateBy(
      { name: 'printedTheSame', validator: { validate: (cell: CellRequest) => isPrintedSo(cell) } },
      {
        message: 'must print the same value in asPrinted, with the same provisional month as provisionalAsOf (YYYY-MM)',
      },
    ),
  );
}

function isPrintedSo(cell: CellRequest): boolean {
  if (typeof cell !== 'object' || cell === null) return true;
  const { asPrinted, gap, provisionalAsOf, value } = cell;
  if (gap !== undefined && (asPrinted !== undefined || provisionalAsOf !== undefined)) return false;
  if (provisionalAsOf !== undefined && !/^[0-9]{4}-(0[1-9]|1[0-2])$/.test(String(provisionalAsOf))) return false;
  if (typeof asPrinted !== 'string') return true;
  try {
    const printed = readPrintedNumber(asPrinted);
    const month = provisionalAsOf === undefined ? undefined : Number(provisionalAsOf.slice(5));
    return printed.value === value && printed.provisionalAsOf === month;
  } catch {
    return false;
  }
}

class ObservationRequest extends CommandRequest {
  @TextField({
    description: 'A year, or a month, quarter or third of it: 2025, 2025-03, 2025-Q1, 2025-T1',
    example: '2025',
    max: 7,
  })
  @ValidateBy(
    {
      name: 'isPeriod',
      validator: { validate: (value: unknown) => new RegExp(periodPattern).test(String(value)) },
    },
    { message: 'must be a period, such as 2025, 2025-03, 2025-Q1 or 2025-T1' },
  )
  period!: string;

  @CellField('Both sexes together')
  total?: Cell;

  @CellField('Women and girls')
  women?: Cell;

  @CellField('Men and boys')
  men?: Cell;
}

export class RecordValueRequest extends ObservationRequest {}

export class CorrectValueRequest extends ObservationRequest {
  @TextField({ description: 'Why the value was wrong', max: 2_000 })
  reason!: string;
}

class TargetRequest {
  @ChoiceField({ description: 'A wanted direction', of: directions, optional: true })
  direction?: Direction;

  @DecimalField({ description: 'The highest value that meets the target', example: '1', optional: true })
  atMost?: string;

  @DecimalField({ description: 'The lowest value that meets the target', example: '80', optional: true })
  atLeast?: string;

  @DayField({ description: 'The deadline of a threshold', example: '2026-12-31', optional: true })
  by?: string;
}

export class SetTargetRequest extends CommandRequest {
  @ObjectField(() => TargetRequest, { description: 'A direction, or a threshold with its deadline' })
  @ExactlyOneOf(['direction', 'atMost', 'atLeast'])
  @ValidateBy(
    {
      name: 'deadlineOfThreshold',
      validator: {
        validate: (target: TargetRequest | undefined) =>
          typeof target !== 'object' ||
          target === null ||
          (target.direction === undefined) === (target.by !== undefined),
      },
    },
    { message: 'must give by with a threshold, and not with a direction' },
  )
  target!: Target;

  @TextField({ description: 'A remark', max: 2_000, optional: true })
  comment?: string;
}

export class RetireIndicatorRequest extends CommandRequest {
  @TextField({ description: 'Why it is not followed any longer', max: 2_000 })
  reason!: string;
}
