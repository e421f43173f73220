import {
  CodeField,
  CommandRequest,
  CorrectingRequest,
  DayField,
  ObjectField,
  ObjectsField,
  SayingField,
} from '#http-api';
import {
  PlanDocumentFields,
  PlanItemKind,
  PlanOccasion,
  PlanOwner,
  PlanValidity,
  ScaleVersion,
} from './plan.fields.js';

export class AdoptPlanRequest extends CommandRequest {
  @CodeField({
    description: 'A stable short name of your own, once per tenant',
    example: 'amn-verksamhetsplan-2025',
    optional: true,
  })
  key?: string;

  @SayingField({ description: 'The title of the plan', example: 'Verksamhetsplan och budget 2025', max: 500 })
  title!: string;

  @ObjectField(() => PlanOwner, { description: 'Who owns the plan' })
  owner!: PlanOwner;

  @ObjectField(() => PlanValidity, { description: 'When the plan holds' })
  validity!: PlanValidity;

  @ObjectField(() => ScaleVersion, {
    description:
      'The scale that its items are assessed on; left out where it names none, and nothing is assessed until it has one',
    optional: true,
  })
  scale?: ScaleVersion;

  @ObjectsField(() => PlanItemKind, { description: 'The kinds of item that the plan consists of', min: 1, max: 50 })
  kinds!: PlanItemKind[];

  @ObjectsField(() => PlanDocumentFields, { description: 'The governing documents (styrdokument)' })
  documents!: PlanDocumentFields[];

  @ObjectsField(() => PlanOccasion, { description: 'The rounds that the plan foresees' })
  calendar!: PlanOccasion[];
}

class AmendedValidity {
  @DayField({
    description: 'The first day that it holds; left out where the document tells none',
    example: '2025-01-01',
    optional: true,
  })
  from?: string;

  @DayField({
    description: 'The last day that it holds; null: until further notice',
    example: '2025-12-31',
    nullable: true,
  })
  to!: string | null;
}

export class AmendPlanRequest extends CorrectingRequest {
  @SayingField({ description: 'The new title', max: 500, optional: true })
  title?: string;

  @ObjectField(() => PlanOwner, { description: 'The new owner', optional: true })
  owner?: PlanOwner;

  @ObjectField(() => AmendedValidity, { description: 'The new validity', optional: true })
  validity?: AmendedValidity;

  @ObjectField(() => ScaleVersion, { description: 'The scale from now on', optional: true })
  scale?: ScaleVersion;

  @ObjectsField(() => PlanItemKind, {
    description: 'All kinds of item, also those that stay',
    min: 1,
    max: 50,
    optional: true,
  })
  kinds?: PlanItemKind[];

  @ObjectsField(() => PlanDocumentFields, { description: 'All governing documents', optional: true })
  documents?: PlanDocumentFields[];

  @ObjectsField(() => PlanOccasion, { description: 'All rounds that are foreseen', optional: true })
  calendar?: PlanOccasion[];
}

export class CancelPlanRequest extends CommandRequest {
  @SayingField({ description: 'Why it should not have been adopted', example: 'Lästes in två gånger', max: 2_000 })
  reason!: string;
}
