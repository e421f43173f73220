import { say } from '#kernel';
import type { Check } from './check.js';

/** From version 2 on, a link that no document states says what it was read from. */
export const checkSuccessions: Check = (file, findings) => {
  if (file.at(['sparbar']) === 1) return;
  for (const { path, value: link } of [...file.parts('successions'), ...file.parts('answers')]) {
    if (link.inferred === true && link.note === undefined) findings.fault([...path, 'note'], hasNoGround());
  }
  for (const { path, value: step } of file.steps) {
    const link = step.succeed;
    if (link?.inferred === true && link.comment === undefined) {
      findings.fault([...path, 'succeed', 'comment'], hasNoGround());
    }
  }
};

const hasNoGround = say(
  'is missing: what is inferred says what it was read from',
  'saknas: en slutsats säger vad den är dragen av',
  'without-ground',
);
