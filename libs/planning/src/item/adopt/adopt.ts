import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  CodeField,
  CodesField,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  IdsField,
  ObjectField,
  ObjectsField,
  PathId,
  RequestContext,
  SayingField,
  TextField,
  TextsField,
  ValueField,
} from '#http-api';
import { kind } from '#kernel';
import { itemIdOf } from '../../planning-ids.js';
import { controllers, itemCommand, ItemRoute } from '../item.command.js';
import type { Concerned } from '../item.events.js';
import { concernedField, ConcernedRequest } from '../item.fields.js';
import { needBodies, needConcerned, placing } from '../item.lookups.js';
import { ActingFields, bodiesOfParticulars, GivenFields, OtherNumber } from '../particulars.fields.js';
import { adopt } from './adopt.decide.js';
import type { AdoptItem } from './adopt.decide.js';

export class AdoptItemCommand extends DecisionCommand<AdoptItem> {
  static readonly permitted = controllers;
  static readonly creates = true;
  readonly type = 'AdoptItem';
}

export class AdoptItemRequest extends CommandRequest {
  @CodeField({ description: 'A stable short name of your own, once per plan', example: 'uppdrag-34', optional: true })
  key?: string;

  @CodeField({ description: 'The code of a kind of the plan', example: 'uppdrag' })
  kind!: string;

  @ValueField(kind.itemNumber, { description: 'Its number as printed; left out when it has none', optional: true })
  number?: string;

  @SayingField({ description: 'Its wording', example: 'Fler i arbete', max: 2_000 })
  title!: string;

  @TextField({ description: 'What it is about', max: 20_000, optional: true })
  text?: string;

  @IdsField({ description: 'The items that it lies under, the first one first', optional: true })
  parents?: string[];

  @ObjectField(() => ConcernedRequest, concernedField)
  concerned?: Concerned;

  @IdsField({ description: 'The responsible bodies (ansvariga)', optional: true })
  responsible?: string[];

  @CodesField({ description: 'Codes of governing documents of the plan', optional: true })
  documents?: string[];

  @TextsField({ description: 'What it should lead to (förväntade effekter)', optional: true })
  expectedEffects?: string[];

  @ObjectsField(() => OtherNumber, {
    description: 'Numbers that it has in other documents',
    min: 1,
    max: 20,
    optional: true,
  })
  otherNumbers?: OtherNumber[];

  @ObjectField(() => GivenFields, { description: 'Who gave it, and when', optional: true })
  given?: GivenFields;

  @ObjectsField(() => ActingFields, {
    description: 'Responsible bodies that act through others',
    min: 1,
    max: 50,
    optional: true,
  })
  acting?: ActingFields[];
}

@ItemRoute()
class AdoptItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('plans/:planId/items', AdoptItemCommand, 'Adopt an item of a plan')
  adopt(
    @PathId('planId') planId: string,
    @Body() request: AdoptItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : itemIdOf(context.tenant, planId, request.key);
    return this.commands.create(AdoptItemCommand, { ...request, planId }, context, keyed);
  }
}

export const adoptItem = itemCommand(AdoptItemCommand, adopt, AdoptItemRoute, {
  facts: async ({ data }, lookup) => {
    await needBodies([...(data.responsible ?? []), ...bodiesOfParticulars(data)], lookup);
    await needConcerned(data.concerned, lookup);
    return placing(data.planId, data.parents ?? [], lookup);
  },
  // An item of a plan is in force from the day that the plan is, unless it is said otherwise.
  effectiveOn: ({ plan }) => plan.validity.from,
});
