import { say } from '#kernel';
import type { Path } from '../path.js';
import type { PlanFileAttested } from '../plan-file.js';
import type { Check, Findings } from './check.js';

/** What is told as having been said is proved, or said to be invented. */
export const checkAttested: Check = (file, findings) => {
  const whole = file.attested;
  if (whole) checkEvidence(whole.value, whole.path, findings);
  const scenario = file.scenario?.value;
  if (scenario?.attested) checkEvidence(scenario.attested, ['scenario', 'attested'], findings);
  const isProved = scenario?.invented === true || scenario?.attested !== undefined || file.has('attested');
  for (const { value: step, path } of file.steps) {
    if (step.attested) checkEvidence(step.attested, [...path, 'attested'], findings);
    else if (scenario && !isProved) {
      findings.fault(path, isUnattested());
    }
  }
};

function checkEvidence({ evidence }: PlanFileAttested, path: Path, findings: Findings): void {
  evidence.forEach(({ kind, sha256 }, index) => {
    if (kind === 'file' && sha256 === undefined) {
      findings.fault([...path, 'evidence', index], hasNoHash());
    }
  });
}

const isUnattested = say(
  'says neither what attests it nor, in its scenario, that it is invented: true',
  'säger varken vad som styrker det eller, i sitt scenario, att det är påhittat (invented: true)',
  'not-attested',
);
const hasNoHash = say(
  'gives no sha256, by which a file is known again',
  'saknar sha256, som en fil känns igen på',
  'without-sha256',
);
