import { indicatorIdOf } from '#indicators';
import { bodyIdOf, groupIdOf } from '#organisation';
import { itemIdOf, planIdOf, scaleIdOf } from '#planning';
import { roundIdOf } from '#rounds';

/** The ids that the keys of files lead to, within one tenant. A file names most of them many times, and each is worked out once. */
export class KeyedIds {
  readonly #known = new Map<string, string>();

  /** @param nthRound which of the rounds that had a key in turn is meant by it: the first, where it is left out */
  constructor(
    readonly tenant: string,
    private readonly nthRound: (plan: string, key: string) => number = () => 1,
  ) {}

  body = (key: string): string => this.#once(`body ${key}`, () => bodyIdOf(this.tenant, key));
  group = (key: string): string => this.#once(`group ${key}`, () => groupIdOf(this.tenant, key));
  scale = (key: string): string => this.#once(`scale ${key}`, () => scaleIdOf(this.tenant, key));
  plan = (key: string): string => this.#once(`plan ${key}`, () => planIdOf(this.tenant, key));
  item = (plan: string, key: string): string =>
    this.#once(`item ${plan} ${key}`, () => itemIdOf(this.tenant, this.plan(plan), key));
  indicator = (plan: string, key: string): string =>
    this.#once(`indicator ${plan} ${key}`, () => indicatorIdOf(this.tenant, this.plan(plan), key));
  round = (plan: string, key: string): string =>
    this.#once(`round ${plan} ${key}`, () => roundIdOf(this.tenant, this.plan(plan), key, this.nthRound(plan, key)));

  /** @param name keys are codes, which have no spaces */
  #once(name: string, idOf: () => string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const id = idOf();
    this.#known.set(name, id);
    return id;
  }
}
