import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRoute, PathId, RequestContext } from '#http-api';
import {
  CancelIndicatorChangeCommand,
  CancelIndicatorCommand,
  CancelRetirementCommand,
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
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : indicatorIdOf(context.tenant, planId, request.key);
    return this.commands.create(DefineIndicatorCommand, { ...request, planId }, context, keyed);
  }

  @CommandRoute('indicators/:indicatorId/redefine', RedefineIndicatorCommand, 'Give an indicator a new definition')
  redefine(
    @PathId('indicatorId') id: string,
    @Body() request: RedefineIndicatorRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RedefineIndicatorCommand, id, request, context);
  }

  @CommandRoute('indicators/:indicatorId/values', RecordValueCommand, 'Record a value')
  recordValue(
    @PathId('indicatorId') id: string,
    @Body() request: RecordValueRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RecordValueCommand, id, request, context);
  }

  @CommandRoute('indicators/:indicatorId/values/corrections', CorrectValueCommand, 'Correct a recorded value')
  correctValue(
    @PathId('indicatorId') id: string,
    @Body() request: CorrectValueRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CorrectValueCommand, id, request, context);
  }

  @CommandRoute('indicators/:indicatorId/targets', SetTargetCommand, 'Set what an indicator should reach')
  setTarget(
    @PathId('indicatorId') id: string,
    @Body() request: SetTargetRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(SetTargetCommand, id, request, context);
  }

  @CommandRoute('indicators/:indicatorId/retire', RetireIndicatorCommand, 'Stop following an indicator')
  retire(
    @PathId('indicatorId') id: string,
    @Body() request: RetireIndicatorRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RetireIndicatorCommand, id, request, context);
  }

  @CommandRoute('indicators/:indicatorId/resume', CancelRetirementCommand, 'Take back that an indicator was retired')
  cancelRetirement(
    @PathId('indicatorId') id: string,
    @Body() request: RetireIndicatorRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelRetirementCommand, id, request, context);
  }

  @CommandRoute(
    'indicators/:indicatorId/changes/:eventId/cancel',
    CancelIndicatorChangeCommand,
    'Take back a value, a new definition or a target of an indicator',
  )
  cancelChange(
    @PathId('indicatorId') id: string,
    @PathId('eventId') eventId: string,
    @Body() request: RetireIndicatorRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelIndicatorChangeCommand, id, { ...request, eventId }, context);
  }

  @CommandRoute('indicators/:indicatorId/cancel', CancelIndicatorCommand, 'Take back that an indicator was defined')
  cancel(
    @PathId('indicatorId') id: string,
    @Body() request: RetireIndicatorRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelIndicatorCommand, id, request, context);
  }
}
