import { say } from '#kernel';
import { derivationLayers } from '../derivation-layers.js';
import type { PlanFileIndicator, PlanFileStep } from '../plan-file.js';
import type { Check, Findings } from './check.js';
import { courseNames } from './sifted-file.js';
import type { Part } from './sifted-file.js';

/** An indicator is derived from two others, and none of them from it in turn, in any definition that a step gives it. */
export const checkDerivations: Check = (file, findings) => {
  const indicators = file.parts('indicators');
  const told = indicators.map(({ path, value: { derived, key } }) => ({ key, path, ...(derived && { derived }) }));
  for (const { derived, path } of told) {
    if (derived && derived.numerator === derived.denominator) {
      findings.fault([...path, 'derived', 'denominator'], sameAsAbove());
    }
  }
  for (const { key, path } of derivationLayers(told).circular) {
    findings.fault([...path, 'derived'], goesRound({ key }));
  }
  const own = new Map<string, Sources>(told.flatMap(({ derived, key }) => (derived ? [[key, derived]] : [])));
  const known = new Map<unknown, Map<string, Sources>>([[file.at(['plan', 'key']), own]]);
  for (const name of courseNames) {
    const plan = file.at([name, 'plan']);
    const ofPlan = known.get(plan) ?? new Map<string, Sources>();
    known.set(plan, ofPlan);
    for (const step of file.stepsOf(name)) checkStep(step, ofPlan, findings);
  }
};

/** @param known what the indicators of its plan are derived from before it: what it says of one is put there */
function checkStep({ path, value: { redefine } }: Part<PlanFileStep>, known: Map<string, Sources>, findings: Findings) {
  if (redefine?.derived === undefined) return;
  const { derived, indicator: key } = redefine;
  if (derived === null) return void known.delete(key);
  const at = [...path, 'redefine', 'derived'];
  if (derived.numerator === derived.denominator) findings.fault([...at, 'denominator'], sameAsAbove());
  // What goes round is not remembered: what comes after it is held against what would be right.
  if (isDerivedFrom(derived, key, known)) findings.fault(at, goesRound({ key }));
  else known.set(key, derived);
}

type Sources = Pick<NonNullable<PlanFileIndicator['derived']>, 'numerator' | 'denominator'>;

/** Whether one of the sources of a derivation is an indicator, or is derived from it by one step or several. */
function isDerivedFrom(derived: Sources, key: string, known: ReadonlyMap<string, Sources>): boolean {
  const met = new Set([derived.numerator, derived.denominator]);
  // Each one that is met is looked at in its turn.
  for (const source of met) {
    const { denominator, numerator } = known.get(source) ?? {};
    for (const further of [numerator, denominator]) if (further !== undefined) met.add(further);
  }
  return met.has(key);
}

const sameAsAbove = say(
  'is the numerator too; give another indicator',
  'är även täljare; ge en annan indikator',
  'derived-of-one',
);
const goesRound = say(
  '"{key}" is derived in a circle; give indicators that are not derived from it',
  '"{key}" härleds i en cirkel; ge indikatorer som inte härleds ur den',
  'derived-in-circle',
);
