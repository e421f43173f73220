import { idOf, RuleViolation } from '#kernel';
import type { DomainCommand, RecordedFact } from '#kernel';
import type { Aggregate } from '#deciding';
import type { AdoptedPlan } from '#planning';
import type { RoundEvent, RoundOpened } from './round.events.js';

type RoundContent = Omit<RoundOpened['data'], 'roundId' | 'key'>;

export type OpenRound = DomainCommand<
  'OpenRound',
  RoundContent & { key?: string },
  {
    readonly plan: AdoptedPlan;
    /** The name of another round of the same kind and year. */ readonly sameOccasion: string | undefined;
  }
>;

export type Round = { readonly status: 'unopened' } | (RoundContent & { readonly status: 'open' });

export const rounds: Aggregate<OpenRound, Round, RoundEvent> = {
  category: 'round',
  decider: { initialState: { status: 'unopened' }, decide, evolve },
};

/** The id of the round that the files of a plan call by a key. */
export const roundIdOf = (tenant: string, planId: string, key: string): string => idOf('round', tenant, planId, key);

function decide({ data, facts, id }: OpenRound, round: Round): RoundEvent[] {
  if (round.status === 'open') throw new RuleViolation('round-opened-once', `${round.label} is open already`);
  if (facts.sameOccasion !== undefined) {
    throw new RuleViolation('round-once', `${facts.sameOccasion} is the round ${data.kind} of ${data.year} already`);
  }
  const { deadline, label, referenceDate, scope } = data;
  if (deadline < referenceDate) {
    throw new RuleViolation(
      'deadline-after-reference',
      `${label} is due ${deadline}, before the day ${referenceDate} it speaks of`,
    );
  }
  if (scope.length === 0) throw new RuleViolation('round-has-scope', `${label} would assess nothing`);
  const kinds = facts.plan.kinds.map(({ code }) => code);
  const unknown = scope.find((kind) => !kinds.includes(kind));
  if (unknown) {
    throw new RuleViolation('kind-of-plan', `${unknown} is no kind of the plan; its kinds are ${kinds.join(', ')}`);
  }
  return [{ type: 'RoundOpened', data: { roundId: id, ...data } }];
}

function evolve(round: Round, { type, data }: RecordedFact<RoundEvent>): Round {
  if (type !== 'RoundOpened') return round;
  const { key: _key, roundId: _id, ...content } = data;
  return { status: 'open', ...content };
}
