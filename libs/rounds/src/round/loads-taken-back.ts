import { rule } from '#kernel';

/** Tells which loads of plan files are being taken back, which rounds themselves do not know. */
export abstract class LoadsTakenBack {
  /**
   * A load of a file about a plan, or about no single one, whose taking back is decided and not carried out yet, by all that the
   * log holds when it is asked.
   * @returns its id; undefined where there is none
   * @throws ReadModelsBehind
   */
  abstract underWayFor(tenant: string, planId: string): Promise<string | undefined>;
}

export const takeBackUnderWay = rule(
  'take-back-under-way',
  'The load {load} is being taken back',
  'Inläsningen {load} håller på att tas tillbaka',
);
