import { Inject, Injectable } from '@nestjs/common';
import { faultOfPart } from '#deciding';
import type { CommandContext, Readers } from '#deciding';
import {
  AnyTextField,
  ChoiceField,
  DayField,
  IdField,
  IdsField,
  ObjectsField,
  ProblemDoubt,
  RecordField,
} from '#http-api';
import { doubtIn } from '#kernel';
import type { Language } from '#kernel';
import { categories, handedOver } from '#organisation';
import type { AskedReorganisation } from '#organisation';
import { ReadModels } from '#projecting';
import { roundDirectory } from '#rounds';
import { ReorganisationRehearsal } from './reorganisation-rehearsal.js';
import type { Handed } from './reorganisation-rehearsal.js';

const properties = ['responsible', 'concerned', 'owner', 'members'] as const;

class HandedOver {
  @ChoiceField({ of: categories, description: 'What is taken over' })
  category!: (typeof categories)[number];
  @IdField({ description: 'The item, plan, indicator or group' })
  id!: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'What it is called' })
  name!: string;
  @IdField({ description: 'The plan that it belongs to', optional: true })
  planId?: string;
  @ChoiceField({ of: properties, description: 'Where it names the body' })
  property!: (typeof properties)[number];
  @DayField({ description: 'The day from which it would name others' })
  effectiveOn!: string;
  @IdsField({ description: 'The bodies that it names until then' })
  before!: readonly string[];
  @IdsField({ description: 'The bodies that it would name; left out where nobody is named for it', optional: true })
  after?: readonly string[];
}

class RoundAsking {
  @IdField({ description: 'The round' })
  roundId!: string;
  @IdField({ description: 'The plan that it follows up' })
  planId!: string;
  @AnyTextField({ example: 'Delårsuppföljning augusti', description: 'Its label' })
  label!: string;
  @DayField({ description: 'The day that it speaks of' })
  referenceDate!: string;
  @IdsField({
    description: 'Whom it asks of what the body has: the body itself before the day, those that take over from then on',
  })
  asks!: readonly string[];
}

class PartFault {
  @AnyTextField({ example: 'item:0b6f…', description: 'What it is about' })
  field!: string;
  @AnyTextField({
    example: 'Nobody is named who takes over Fler i arbete',
    description: 'Why it cannot be carried out',
  })
  message!: string;
  @AnyTextField({
    example: 'successor-named',
    description: 'The rule that stands in the way, or the code of the problem',
  })
  code!: string;
  @RecordField({ example: {}, description: 'What the message is made of' })
  params!: object;
}

/** What would come of a reorganisation. */
export class ReorganisationPreview {
  @DayField({ description: 'The day that it speaks of' })
  effectiveOn!: string;
  @ObjectsField(() => HandedOver, { description: 'What would be taken over, by whom' })
  changes!: readonly HandedOver[];
  @ObjectsField(() => RoundAsking, {
    description: 'The rounds of its plans that are not frozen, and whom they would ask',
  })
  rounds!: readonly RoundAsking[];
  @ObjectsField(() => PartFault, { description: 'Everything that stands in the way; with one of them it is refused' })
  faults!: readonly PartFault[];
  @ObjectsField(() => ProblemDoubt, {
    description: 'Everything that looks like a mistake: with one of them that is not confirmed, it is refused',
  })
  doubts!: readonly ProblemDoubt[];
}

/** Sets what a reorganisation would lead to against what holds. */
@Injectable()
export class ReorganisationPreviews {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ReorganisationRehearsal) private readonly rehearsal: ReorganisationRehearsal,
  ) {}

  async of(
    asked: AskedReorganisation,
    context: CommandContext,
    readers: Readers,
    language: Language,
  ): Promise<ReorganisationPreview> {
    const { day, doubts, handed, refused } = await this.rehearsal.of(asked, context, readers);
    return {
      effectiveOn: day,
      changes: handed.flatMap((one) => changesOf(one, asked)),
      rounds: await this.#rounds(context.tenant, handed, { ...asked, day }),
      faults: refused.map((part) => faultOfPart(part, language)),
      doubts: doubts.map((one) => doubtIn(one, language)),
    };
  }

  async #rounds(
    tenant: string,
    handed: readonly Handed[],
    { bodyId, day, successors }: AskedReorganisation & { readonly day: string },
  ): Promise<RoundAsking[]> {
    const plans = [...new Set(handed.flatMap(({ planId }) => planId ?? []))];
    const asked = { tenant, planId: { $in: plans }, status: { $in: ['planned', 'open'] } };
    const rounds = await this.readModels.find(roundDirectory, asked, { sort: { referenceDate: 1, _id: 1 } });
    return rounds.map(({ _id: roundId, label, planId, referenceDate }) => {
      const asks = referenceDate < day ? [bodyId] : successors;
      return { roundId, planId, label, referenceDate, asks };
    });
  }
}

const changesOf = (
  { category, held, id, name, planId, successors }: Handed,
  { bodyId }: AskedReorganisation,
): HandedOver[] =>
  held.map(({ bodies: before, property, since: effectiveOn }) => ({
    ...{ category, id, name, property, effectiveOn, before },
    ...(planId !== undefined && { planId }),
    ...(successors && { after: handedOver(before, { bodyId, successors }) }),
  }));
