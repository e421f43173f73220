import { Body, Controller, Inject, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  AbortOnDisconnect,
  BulkCommands,
  BulkRoute,
  CommandGateway,
  IdField,
  mostRows,
  OutcomesOf,
  RowOf,
  RowOutcomeOf,
  RowsField,
} from '#http-api';
import type { AuthenticatedRequest, Outcomes } from '#http-api';
import { assessors } from '../item.command.js';
import { AssessItemRequest, AssessmentReceipt, sendAssessment } from './assess.js';

export class AssessmentRow extends RowOf(AssessItemRequest) {
  @IdField({ description: 'The item that is assessed' })
  itemId!: string;
}

export class AssessItemsRequest {
  @RowsField(() => AssessmentRow, { description: 'The assessments, each judged for itself', max: mostRows })
  rows!: unknown[];
}

class AssessmentOutcome extends RowOutcomeOf(AssessmentReceipt) {}
class AssessmentOutcomes extends OutcomesOf(AssessmentOutcome) {}

/** Assessments in bulk: those of a body's whole round, say. */
@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller('assessments')
export class AssessItemsRoute {
  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(BulkCommands) private readonly bulk: BulkCommands,
  ) {}

  @BulkRoute(assessors, 'Assess items in bulk', AssessmentOutcomes)
  assessItems(
    @Body() { rows }: AssessItemsRequest,
    @Req() request: AuthenticatedRequest,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<Outcomes> {
    return this.bulk.send(rows, request, signal, {
      type: AssessmentRow,
      about: 'itemId',
      send: (itemId, assessment, context) => sendAssessment(this.commands, itemId, assessment, context),
    });
  }
}
