import { say } from '#kernel';
import type { Path } from '../path.js';
import type { PlanFileAttested } from '../plan-file.js';
import type { Check, Findings } from './check.js';
import { courseNames } from './sifted-file.js';

/** What is told as having been said is proved, or said to be invented. */
export const checkAttested: Check = (file, findings) => {
  const whole = file.attested;
  if (whole) {
    checkEvidence(whole.value, whole.path, findings);
    if (whole.value.on === undefined) findings.fault([...whole.path, 'on'], hasNoDay());
  }
  for (const name of courseNames) {
    const course = file.course(name)?.value;
    if (course?.attested) checkEvidence(course.attested, [name, 'attested'], findings);
    const isProved = course?.invented === true || course?.attested !== undefined || file.has('attested');
    for (const { value: step, path } of file.stepsOf(name)) {
      if (step.attested) checkEvidence(step.attested, [...path, 'attested'], findings);
      else if (course && !isProved && !(name === 'history' && (step.decision ?? step.inferred)))
        findings.fault(path, name === 'history' ? isUngrounded() : isUnattested());
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
const isUngrounded = say(
  'says neither what attests it, nor the decision behind it, nor what it is inferred from',
  'säger varken vad som styrker det, beslutet bakom det eller vad det är en slutsats av',
  'not-attested',
);
const hasNoDay = say(
  'is missing: only what is told step by step was said on the day of each step',
  'saknas: bara det som berättas steg för steg sades på dagen för varje steg',
  'missing',
);
const hasNoHash = say(
  'gives no sha256, by which a file is known again',
  'saknar sha256, som en fil känns igen på',
  'without-sha256',
);
