import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { CommandContext, Receipt } from '#deciding';
import {
  AnyTextField,
  CommandGateway,
  CommandRoute,
  DayField,
  IdField,
  ObjectsField,
  PathId,
  ReceiptResponse,
  RequestContext,
} from '#http-api';
import { MarkReadyCommand } from '../round/round.commands.js';
import { MarkReadyRequest } from '../round/round.requests.js';
import { deadlineOf } from '../round/read-models/round-directory/round-directory.reader.js';
import type { MissingItem } from '../round/standing.js';
import { standingOf } from './coverage.js';
import { CoverageReader } from './coverage.reader.js';

class MissingItemView implements MissingItem {
  @IdField({ description: 'The item' })
  itemId!: string;
  @AnyTextField({ example: 'Uppdrag 7', description: 'What it is called' })
  label!: string;
}

class ReadyReceipt extends ReceiptResponse {
  @DayField({ example: '2025-04-30', description: 'The last day for the assessments of the body' })
  deadline!: string;

  @ObjectsField(() => MissingItemView, { description: 'What the body has not assessed, though it is ready' })
  missing!: readonly MissingItemView[];
}

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller('rounds/:roundId')
export class ReadyController {
  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(CoverageReader) private readonly reader: CoverageReader,
  ) {}

  @CommandRoute('ready', MarkReadyCommand, "Say that a body's assessments are complete", ReadyReceipt)
  async markReady(
    @PathId('roundId') roundId: string,
    @Body() request: MarkReadyRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt & Pick<ReadyReceipt, 'deadline' | 'missing'>> {
    const receipt = await this.commands.send(MarkReadyCommand, roundId, request, context);
    // The decision waited for the documents, which therefore hold what the body had assessed.
    const { coverage, sources } = await this.reader.of(context.tenant, roundId);
    const bodies = coverage.bodies.filter(({ bodyId }) => bodyId === request.bodyId);
    const deadline = deadlineOf(sources.round, request.bodyId);
    return { ...receipt, deadline, missing: standingOf({ bodies }, sources)[0]?.missing ?? [] };
  }
}
