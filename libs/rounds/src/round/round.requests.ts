import {
  BooleanField,
  CodeField,
  CodesField,
  CommandRequest,
  DayField,
  DaysField,
  IdField,
  IntegerField,
  ObjectField,
  SayingField,
  TextField,
} from '#http-api';

class RoundContentRequest extends CommandRequest {
  @CodeField({ description: "april, augusti, bokslut, or the plan's own", example: 'april' })
  kind!: string;

  @IntegerField({ description: 'The year that is followed up', min: 1900, max: 2999, example: 2025 })
  year!: number;

  @BooleanField({
    description: 'Whether bodies contribute also to items that do not concern them; left out, they do not',
    example: false,
    optional: true,
  })
  othersMayContribute?: boolean;
}

export class OpenRoundRequest extends RoundContentRequest {
  @CodeField({ description: 'A stable short name of your own, once per plan', example: 'april-2025', optional: true })
  key?: string;

  @TextField({ description: 'The name of the round', example: 'Delårsuppföljning april 2025', max: 200 })
  label!: string;

  @DayField({ description: 'The day that the follow-up speaks of', example: '2025-03-31' })
  referenceDate!: string;

  @DayField({ description: 'The last day for assessments', example: '2025-04-30' })
  deadline!: string;

  @CodesField({ description: 'The kinds of item that are assessed', min: 1, example: ['uppdrag', 'atgard'] })
  scope!: string[];
}

class ScheduleRequest {
  @DayField({ description: 'The day on which the round is opened by itself', example: '2025-04-01', optional: true })
  opensOn?: string;

  @DaysField({ description: 'The days on which bodies are reminded by themselves', max: 20, optional: true })
  remindsOn?: string[];

  @DayField({
    description: 'The day on which the round is frozen by itself, after the deadline, where all bodies are ready',
    example: '2025-05-01',
    optional: true,
  })
  freezesOn?: string;
}

export class PlanRoundRequest extends RoundContentRequest {
  @CodeField({
    description: 'A stable short name, once per plan; left out, the kind and the year',
    example: 'april-2025',
    optional: true,
  })
  key?: string;

  @TextField({ description: "The name of the round; left out, as the plan's calendar says", max: 200, optional: true })
  label?: string;

  @DayField({ description: "The day that it speaks of; left out, as the plan's calendar says", optional: true })
  referenceDate?: string;

  @DayField({ description: "The last day for assessments; left out, as the plan's calendar says", optional: true })
  deadline?: string;

  @CodesField({
    description: "The kinds of item that are assessed; left out, as the plan's calendar says",
    min: 1,
    example: ['uppdrag', 'atgard'],
    optional: true,
  })
  scope?: string[];

  @ObjectField(() => ScheduleRequest, { description: 'What happens by itself, and on which days', optional: true })
  schedule?: ScheduleRequest;
}

export class AmendRoundRequest extends CommandRequest {
  @TextField({ description: 'Its name from now on', max: 200, optional: true })
  label?: string;

  @DayField({ description: 'The day that the follow-up speaks of instead', example: '2025-03-31', optional: true })
  referenceDate?: string;

  @DayField({ description: 'The last day for assessments instead', example: '2025-05-07', optional: true })
  deadline?: string;

  @CodesField({
    description: 'All kinds of item that are assessed, also those that stay',
    min: 1,
    example: ['uppdrag', 'atgard'],
    optional: true,
  })
  scope?: string[];

  @BooleanField({
    description: 'Whether bodies contribute from now on also to items that do not concern them',
    example: true,
    optional: true,
  })
  othersMayContribute?: boolean;

  @ObjectField(() => ScheduleRequest, {
    description: 'All that happens by itself, and on which days, also what stays',
    optional: true,
  })
  schedule?: ScheduleRequest;

  @SayingField({ description: 'Why', example: 'Nämnderna sammanträder en vecka senare', max: 2_000 })
  reason!: string;
}

export class CancelRoundRequest extends CommandRequest {
  @SayingField({ description: 'Why it should not have been', example: 'Öppnad med fel dag', max: 2_000 })
  reason!: string;
}

export class ExtendDeadlineRequest extends CommandRequest {
  @IdField({ description: 'The body that has longer' })
  bodyId!: string;

  @DayField({ description: 'The last day for its assessments, after that of the others', example: '2025-05-07' })
  deadline!: string;

  @SayingField({ description: 'Why', example: 'Nämnden sammanträder först i maj', max: 2_000 })
  reason!: string;
}

export class RecallExtensionRequest extends CommandRequest {
  @IdField({ description: 'The body that has no longer than the others' })
  bodyId!: string;

  @SayingField({ description: 'Why', example: 'Anståndet gällde en annan nämnd', max: 2_000 })
  reason!: string;
}

export class MarkReadyRequest extends CommandRequest {
  @IdField({ description: 'The body whose assessments are complete' })
  bodyId!: string;

  @SayingField({ description: 'What the reader should know', max: 2_000, optional: true })
  comment?: string;
}

export class RecallReadyRequest extends CommandRequest {
  @IdField({ description: 'The body that is not ready after all' })
  bodyId!: string;

  @SayingField({ description: 'Why', example: 'Ett uppdrag återstår', max: 2_000 })
  reason!: string;
}

export class FreezeRoundRequest extends CommandRequest {
  @SayingField({
    description: 'Why the round is frozen though bodies are not ready; without it, that is refused',
    example: 'Nämnden sammanträder i morgon',
    max: 2_000,
    optional: true,
  })
  override?: string;
}

export class ReissueSnapshotRequest extends CommandRequest {
  @SayingField({ description: 'Why there is a new issue', example: 'Rättad bedömning av uppdrag 34', max: 2_000 })
  reason!: string;
}

export class DecideRoundRequest extends CommandRequest {
  @IntegerField({
    description: 'The issue that was decided on; left out, the newest',
    min: 1,
    max: 10_000,
    example: 1,
    optional: true,
  })
  issue?: number;
}
