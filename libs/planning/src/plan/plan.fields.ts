import {
  ChoiceField,
  CodeField,
  CodesField,
  DayField,
  IdField,
  IntegerField,
  ObjectField,
  TextField,
  ValueField,
} from '#http-api';
import { kind } from '#kernel';

/** The parts of a plan, as requests and answers tell of them. */

export class PlanOwner {
  @IdField({ description: 'The body that owns the plan' })
  bodyId!: string;

  @TextField({
    description: 'The role that answers for the document: a role, never a person. Left out where none is told',
    example: 'Förvaltningsdirektör',
    max: 200,
    optional: true,
  })
  role?: string;
}

export class PlanValidity {
  @DayField({
    description: 'The first day that it holds; left out where the document tells none',
    example: '2025-01-01',
    optional: true,
  })
  from?: string;

  @DayField({
    description: 'The last day that it holds; left out, until further notice',
    example: '2025-12-31',
    optional: true,
  })
  to?: string;
}

export class DocumentValidity {
  @DayField({ description: 'The first day that it holds', example: '2021-01-01', optional: true })
  from?: string;

  @DayField({
    description: 'The last day that it holds; an expired document may be listed',
    example: '2024-12-31',
    optional: true,
  })
  to?: string;
}

export class ScaleVersion {
  @IdField({ description: 'The scale' })
  scaleId!: string;

  @IntegerField({ description: 'Its version', min: 1, max: 10_000, example: 1 })
  version!: number;
}

export class PlanItemKind {
  @CodeField({ description: 'The kind as data', example: 'uppdrag' })
  code!: string;

  @TextField({ description: 'What one such item is called', example: 'Uppdrag', max: 100 })
  label!: string;

  @TextField({ description: 'What several are called', example: 'Uppdrag', max: 100 })
  plural!: string;

  @IntegerField({ description: 'Where it stands when kinds are listed', min: 1, max: 100, example: 2 })
  order!: number;

  @CodesField({
    description: 'The kinds that such an item may lie under; empty for the topmost',
    example: ['fokusmal'],
  })
  parents!: string[];
}

export class PlanDocumentFields {
  @CodeField({ description: 'Names it within the plan', example: 'policy-digital-transformation' })
  code!: string;

  @TextField({ description: 'Its title', example: 'Policy för hållbar utveckling', max: 500 })
  title!: string;

  @TextField({ description: 'How the plan prints it, where that differs', max: 500, optional: true })
  printedTitle?: string;

  @ObjectField(() => DocumentValidity, { description: 'When it holds', optional: true })
  validity?: DocumentValidity;

  @TextField({ description: 'A remark', max: 2_000, optional: true })
  note?: string;
}

class Recurrence {
  @ChoiceField({ of: ['year'], description: 'How often' })
  each!: 'year';

  @IntegerField({ description: 'In which month, from 1 on', min: 1, max: 12, example: 4, optional: true })
  month?: number;
}

/** What a plan does not tell of a round is left out. */
export class PlanOccasion {
  @CodeField({ description: 'What sort of round it is', example: 'april' })
  kind!: string;

  @TextField({ description: 'Its name', example: 'Delårsuppföljning april 2025', max: 200 })
  label!: string;

  @IntegerField({
    description: 'The year that is followed up; left out of what recurs',
    min: 1900,
    max: 2999,
    example: 2025,
    optional: true,
  })
  year?: number;

  @ObjectField(() => Recurrence, { description: 'That it comes again, where no year is told', optional: true })
  recurs?: Recurrence;

  @ValueField(kind.month, { description: 'The month that it is in, where no day is told', optional: true })
  month?: string;

  @DayField({ description: 'The day that the follow-up speaks of', example: '2025-03-31', optional: true })
  referenceDate?: string;

  @DayField({ description: 'The last day for assessments', example: '2025-04-30', optional: true })
  deadline?: string;

  @TextField({ description: 'The meeting that decides, as the plan names it', max: 200, optional: true })
  meeting?: string;

  @CodesField({ description: 'The kinds of item that are assessed', min: 1, example: ['uppdrag', 'atgard'] })
  scope!: string[];

  @TextField({ description: 'A remark', max: 2_000, optional: true })
  note?: string;
}
