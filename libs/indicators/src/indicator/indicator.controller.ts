import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { CommandContext, Receipt } from '#deciding';
import { Asked, CommandGateway, CommandRoute, PathId } from '#http-api';
import {
  CorrectValueCommand,
  DefineIndicatorCommand,
  RecordValueCommand,
  RedefineIndicatorCommand,
  RetireIndicatorCommand,
  SetTargetCommand,
} from './indicator.commands.js';
import { indicatorIdOf } from './indicator.decider.js';
import {
  CorrectValueRequest,
  DefineIndicatorRequest,
  RecordValueRequest,
  RedefineIndicatorRequest,
  RetireIndicatorRequest,
  SetTargetRequest,
} from './indicator.requests.js';

@ApiTags('Indicators')
@ApiBearerAuth()
@Controller()
export class IndicatorController {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('plans/:planId/indicators', DefineIndicatorCommand, 'Define an indicator')
  define(
    @PathId('planId') planId: string,
    @Body() request: DefineIndicatorRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : indicatorIdOf(asked.tenant, planId, request.key);
    return this.commands.create(DefineIndicatorCommand, { ...request, planId }, asked, keyed);
  }

  @CommandRoute('indicators/:indicatorId/redefine', RedefineIndicatorCommand, 'Give an indicator a new definition')
  redefine(
    @PathId('indicatorId') id: string,
    @Body() request: RedefineIndicatorRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RedefineIndicatorCommand, id, request, asked);
  }

  @CommandRoute('indicators/:indicatorId/values', RecordValueCommand, 'Record a value')
  recordValue(
    @PathId('indicatorId') id: string,
    @Body() request: RecordValueRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RecordValueCommand, id, request, asked);
  }

  @CommandRoute('indicators/:indicatorId/values/corrections', CorrectValueCommand, 'Correct a recorded value')
  correctValue(
    @PathId('indicatorId') id: string,
    @Body() request: CorrectValueRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CorrectValueCommand, id, request, asked);
  }

  @CommandRoute('indicators/:indicatorId/targets', SetTargetCommand, 'Set what an indicator should reach')
  setTarget(
    @PathId('indicatorId') id: string,
    @Body() request: SetTargetRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(SetTargetCommand, id, request, asked);
  }

  @CommandRoute('indicators/:indicatorId/retire', RetireIndicatorCommand, 'Stop following an indicator')
  retire(
    @PathId('indicatorId') id: string,
    @Body() request: RetireIndicatorRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RetireIndicatorCommand, id, request, asked);
  }
}
