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
  ReceiptResponse,
  RowOf,
  RowOutcomeOf,
  RowsField,
} from '#http-api';
import type { AuthenticatedRequest, Outcomes } from '#http-api';
import { RecordValueCommand } from './indicator.commands.js';
import { RecordValueRequest } from './indicator.requests.js';

export class ValueRow extends RowOf(RecordValueRequest) {
  @IdField({ description: 'The indicator whose value it is' })
  indicatorId!: string;
}

export class RecordValuesRequest {
  @RowsField(() => ValueRow, { description: 'The values, each judged for itself', max: mostRows })
  rows!: unknown[];
}

class ValueOutcome extends RowOutcomeOf(ReceiptResponse) {}
class ValueOutcomes extends OutcomesOf(ValueOutcome) {}

/** Values in bulk: those of a whole year, say. */
@ApiTags('Indicators')
@ApiBearerAuth()
@Controller('indicator-values')
export class RecordValuesController {
  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(BulkCommands) private readonly bulk: BulkCommands,
  ) {}

  @BulkRoute(RecordValueCommand.permitted, 'Record values in bulk', ValueOutcomes)
  recordValues(
    @Body() { rows }: RecordValuesRequest,
    @Req() request: AuthenticatedRequest,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<Outcomes> {
    return this.bulk.send(rows, request, signal, {
      type: ValueRow,
      about: 'indicatorId',
      send: (id, value, context) => this.commands.send(RecordValueCommand, id, value, context),
    });
  }
}
