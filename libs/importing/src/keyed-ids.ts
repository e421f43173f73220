import { indicatorIdOf } from '#indicators';
import { bodyIdOf, groupIdOf } from '#organisation';
import { itemIdOf, planIdOf, scaleIdOf } from '#planning';
import { roundIdOf } from '#rounds';

/** The ids that the keys of files lead to, within one tenant. */
export class KeyedIds {
  /** @param nthRound which of the rounds that had a key in turn is meant by it: the first, where it is left out */
  constructor(
    readonly tenant: string,
    private readonly nthRound: (plan: string, key: string) => number = () => 1,
  ) {}

  body = (key: string): string => bodyIdOf(this.tenant, key);
  group = (key: string): string => groupIdOf(this.tenant, key);
  scale = (key: string): string => scaleIdOf(this.tenant, key);
  plan = (key: string): string => planIdOf(this.tenant, key);
  item = (plan: string, key: string): string => itemIdOf(this.tenant, this.plan(plan), key);
  indicator = (plan: string, key: string): string => indicatorIdOf(this.tenant, this.plan(plan), key);
  round = (plan: string, key: string): string => roundIdOf(this.tenant, this.plan(plan), key, this.nthRound(plan, key));
}
