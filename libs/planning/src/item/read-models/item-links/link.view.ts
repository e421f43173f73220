import { AnyTextField, BooleanField, ChoiceField, DayField } from '#http-api';
import { successionKinds } from '../../item.events.js';
import type { SuccessionKind } from '../../item.events.js';

/** What a link between two items says, whichever end it is told from. */
export class LinkView {
  @ChoiceField({ of: successionKinds, description: 'What happened between them' })
  kind!: SuccessionKind;
  @BooleanField({ example: false, description: 'Whether the link is a reading, not stated by a document' })
  inferred!: boolean;
  @AnyTextField({ description: 'A remark', optional: true })
  comment?: string;
  @AnyTextField({ description: 'How the document itself calls what happened', optional: true })
  printedLabel?: string;
  @DayField({ description: 'The day that the link speaks of' })
  on!: string;
}
