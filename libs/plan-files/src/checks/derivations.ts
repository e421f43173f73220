import { say } from '#kernel';
import { derivationLayers } from '../derivation-layers.js';
import type { Check } from './check.js';

/** An indicator is derived from two others, and none of them from it in turn. */
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
};

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
