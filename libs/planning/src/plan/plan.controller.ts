import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CommandGateway, CommandRoute, PathId, RequestContext } from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import { planIdOf, scaleIdOf } from '../planning-ids.js';
import { DefineScaleCommand, ReviseScaleCommand } from '../scale/scale.commands.js';
import { DefineScaleRequest, ReviseScaleRequest } from '../scale/scale.requests.js';
import { AdoptPlanCommand, AmendPlanCommand, CancelPlanCommand } from './plan.commands.js';
import { AdoptPlanRequest, AmendPlanRequest, CancelPlanRequest } from './plan.requests.js';

@ApiTags('Plans')
@ApiBearerAuth()
@Controller()
export class PlanController {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('scales', DefineScaleCommand, 'Define a status scale')
  defineScale(@Body() request: DefineScaleRequest, @RequestContext() context: CommandContext): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : scaleIdOf(context.tenant, request.key);
    return this.commands.create(DefineScaleCommand, request, context, keyed);
  }

  @CommandRoute('scales/:scaleId/versions', ReviseScaleCommand, 'Give a scale a new version')
  reviseScale(
    @PathId('scaleId') scaleId: string,
    @Body() request: ReviseScaleRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ReviseScaleCommand, scaleId, request, context);
  }

  @CommandRoute('plans', AdoptPlanCommand, 'Adopt a plan')
  adopt(@Body() request: AdoptPlanRequest, @RequestContext() context: CommandContext): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : planIdOf(context.tenant, request.key);
    return this.commands.create(AdoptPlanCommand, request, context, keyed);
  }

  @CommandRoute('plans/:planId/amendments', AmendPlanCommand, 'Amend a plan')
  amend(
    @PathId('planId') planId: string,
    @Body() request: AmendPlanRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    const { validity, ...others } = request;
    if (!validity) return this.commands.send(AmendPlanCommand, planId, others, context);
    const { from, to } = validity;
    const changed = { ...others, validity: { ...(from !== undefined && { from }), ...(to !== null && { to }) } };
    return this.commands.send(AmendPlanCommand, planId, changed, context);
  }

  @CommandRoute('plans/:planId/cancel', CancelPlanCommand, 'Cancel the adoption of a plan that was a mistake')
  cancel(
    @PathId('planId') planId: string,
    @Body() request: CancelPlanRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelPlanCommand, planId, request, context);
  }
}
