import {
  CodeField,
  CodesField,
  CommandRequest,
  DayField,
  IdField,
  IntegerField,
  ObjectField,
  ObjectsField,
  TextField,
} from '#http-api';

class OwnerRequest {
  @IdField({ description: 'The body that owns the plan' })
  bodyId!: string;

  @TextField({
    description: 'The role that answers for the document: a role, never a person',
    example: 'Förvaltningsdirektör',
    max: 200,
  })
  role!: string;
}

class ValidityRequest {
  @DayField({ description: 'The first day that it holds', example: '2025-01-01' })
  from!: string;

  @DayField({
    description: 'The last day that it holds; left out, until further notice',
    example: '2025-12-31',
    optional: true,
  })
  to?: string;
}

class OpenValidityRequest {
  @DayField({ description: 'The first day that it holds', example: '2021-01-01', optional: true })
  from?: string;

  @DayField({
    description: 'The last day that it holds; an expired document may be listed',
    example: '2024-12-31',
    optional: true,
  })
  to?: string;
}

class ScaleVersionRequest {
  @IdField({ description: 'The scale' })
  scaleId!: string;

  @IntegerField({ description: 'Its version', min: 1, max: 10_000, example: 1 })
  version!: number;
}

class ItemKindRequest {
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

class RelatedDocumentRequest {
  @CodeField({ description: 'Names it within the plan', example: 'policy-digital-transformation' })
  code!: string;

  @TextField({ description: 'Its title', example: 'Policy för hållbar utveckling', max: 500 })
  title!: string;

  @TextField({ description: 'How the plan prints it, where that differs', max: 500, optional: true })
  printedTitle?: string;

  @ObjectField(() => OpenValidityRequest, { description: 'When it holds', optional: true })
  validity?: OpenValidityRequest;

  @TextField({ description: 'A remark', max: 2_000, optional: true })
  note?: string;
}

class OccasionRequest {
  @CodeField({ description: 'What sort of round it is', example: 'april' })
  kind!: string;

  @TextField({ description: 'Its name', example: 'Delårsuppföljning april 2025', max: 200 })
  label!: string;

  @IntegerField({ description: 'The year that is followed up', min: 1900, max: 2999, example: 2025 })
  year!: number;

  @DayField({ description: 'The day that the follow-up speaks of', example: '2025-03-31' })
  referenceDate!: string;

  @DayField({ description: 'The last day for assessments', example: '2025-04-30' })
  deadline!: string;

  @TextField({ description: 'The meeting that decides, as the plan names it', max: 200, optional: true })
  meeting?: string;

  @CodesField({ description: 'The kinds of item that are assessed', min: 1, example: ['uppdrag', 'atgard'] })
  scope!: string[];
}

export class AdoptPlanRequest extends CommandRequest {
  @CodeField({
    description: 'A stable short name of your own, once per tenant',
    example: 'amn-verksamhetsplan-2025',
    optional: true,
  })
  key?: string;

  @TextField({ description: 'The title of the plan', example: 'Verksamhetsplan och budget 2025', max: 500 })
  title!: string;

  @ObjectField(() => OwnerRequest, { description: 'Who owns the plan' })
  owner!: OwnerRequest;

  @ObjectField(() => ValidityRequest, { description: 'When the plan holds' })
  validity!: ValidityRequest;

  @ObjectField(() => ScaleVersionRequest, { description: 'The scale that its items are assessed on' })
  scale!: ScaleVersionRequest;

  @ObjectsField(() => ItemKindRequest, { description: 'The kinds of item that the plan consists of', min: 1, max: 50 })
  kinds!: ItemKindRequest[];

  @ObjectsField(() => RelatedDocumentRequest, { description: 'The governing documents (styrdokument)' })
  documents!: RelatedDocumentRequest[];

  @ObjectsField(() => OccasionRequest, { description: 'The rounds that the plan foresees' })
  calendar!: OccasionRequest[];
}

export class AmendPlanRequest extends CommandRequest {
  @TextField({ description: 'The new title', max: 500, optional: true })
  title?: string;

  @ObjectField(() => OwnerRequest, { description: 'The new owner', optional: true })
  owner?: OwnerRequest;

  @ObjectField(() => ValidityRequest, { description: 'The new validity', optional: true })
  validity?: ValidityRequest;

  @ObjectField(() => ScaleVersionRequest, { description: 'The scale from now on', optional: true })
  scale?: ScaleVersionRequest;

  @ObjectsField(() => ItemKindRequest, {
    description: 'All kinds of item, also those that stay',
    min: 1,
    max: 50,
    optional: true,
  })
  kinds?: ItemKindRequest[];

  @ObjectsField(() => RelatedDocumentRequest, { description: 'All governing documents', optional: true })
  documents?: RelatedDocumentRequest[];

  @ObjectsField(() => OccasionRequest, { description: 'All rounds that are foreseen', optional: true })
  calendar?: OccasionRequest[];
}
