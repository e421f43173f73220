import {
  ActorView,
  AnyTextField,
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ValueField,
} from '#http-api';
import { kind } from '#kernel';

export class AcceptanceView {
  @IdField({ description: 'The event that records it' })
  eventId!: string;
  @InstantField({ description: 'When it was accepted' })
  at!: string;
  @ObjectField(() => ActorView, { description: 'Who accepted it: an id and a role' })
  by!: ActorView;
  @AnyTextField({ description: 'Why' })
  reason!: string;
}

class LostView {
  @ValueField(kind.position, { example: '00000000000000000412', description: 'Where the event stood in the log' })
  position!: string;
  @IdField({ description: 'The event', optional: true })
  eventId?: string;
  @AnyTextField({ example: 'uppsala.item-018f…', description: 'Its stream', optional: true })
  stream?: string;
  @IntegerField({ min: 0, example: 7, description: 'Its place in the stream', optional: true })
  revision?: number;
}

class ReplacementView {
  @InstantField({ description: 'When it was found' })
  since!: string;
  @ObjectField(() => LostView, {
    description: 'The newest event that the log is known to have held, and does not hold',
  })
  lost!: LostView;
}

export class LogStatusView {
  @ChoiceField({
    of: ['known', 'replaced'],
    description: 'Replaced: the log lacks what it held before, and nothing is recorded in it',
  })
  state!: string;
  @ObjectField(() => ReplacementView, { description: 'What is missing', optional: true })
  replaced?: ReplacementView;
  @ObjectField(() => AcceptanceView, { description: 'The newest acceptance of another log', optional: true })
  accepted?: AcceptanceView;
}
