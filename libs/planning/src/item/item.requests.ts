import {
  BooleanField,
  ChoiceField,
  CodeField,
  CodesField,
  CommandRequest,
  ExactlyOneOf,
  IdField,
  IdsField,
  ObjectField,
  ObjectsField,
  TextField,
  TextsField,
} from '#http-api';
import { discontinuationReasons, successionKinds } from './item.events.js';
import type { Concerned, DiscontinuationReason, Evidence, SuccessionKind } from './item.events.js';

export class ConcernedRequest {
  @IdsField({ description: 'The bodies, in the order they are printed', min: 1, optional: true })
  bodies?: string[];

  @IdField({ description: 'A group, whose members are looked up as of a day', optional: true })
  groupId?: string;

  @TextField({ description: 'How the document prints it', example: 'Alla nämnder och bolag', max: 500, optional: true })
  asPrinted?: string;
}

const concernedField = {
  description: 'Whom the item concerns (berörda): either bodies or a group',
  optional: true,
} as const;

const printedLabelField = {
  description: 'How the document itself calls this revision',
  example: 'Omformulerad',
  max: 200,
  optional: true,
} as const;

const reasonField = { description: 'Why', max: 2_000, optional: true } as const;
const commentField = { description: 'A remark', max: 2_000, optional: true } as const;

export class AdoptItemRequest extends CommandRequest {
  @CodeField({ description: 'A stable short name of your own, once per plan', example: 'uppdrag-34', optional: true })
  key?: string;

  @CodeField({ description: 'The code of a kind of the plan', example: 'uppdrag' })
  kind!: string;

  @TextField({
    description: 'Its number as printed; left out when it has none',
    example: '34',
    max: 30,
    optional: true,
  })
  number?: string;

  @TextField({ description: 'Its wording', example: 'Fler i arbete', max: 2_000 })
  title!: string;

  @TextField({ description: 'What it is about', max: 20_000, optional: true })
  text?: string;

  @IdsField({ description: 'The items that it lies under, the first one first', optional: true })
  parents?: string[];

  @ObjectField(() => ConcernedRequest, concernedField)
  @ExactlyOneOf(['bodies', 'groupId'])
  concerned?: Concerned;

  @IdsField({ description: 'The responsible bodies (ansvariga)', optional: true })
  responsible?: string[];

  @CodesField({ description: 'Codes of governing documents of the plan', optional: true })
  documents?: string[];

  @TextsField({ description: 'What it should lead to (förväntade effekter)', optional: true })
  expectedEffects?: string[];
}

export class RewordItemRequest extends CommandRequest {
  @TextField({ description: 'The new wording', max: 2_000, optional: true })
  title?: string;

  @TextField({ description: 'The new description', max: 20_000, optional: true })
  text?: string;

  @TextsField({ description: 'The new expected effects', optional: true })
  expectedEffects?: string[];

  @CodesField({ description: 'Codes of the governing documents from now on', optional: true })
  documents?: string[];

  @TextField(printedLabelField)
  printedLabel?: string;

  @TextField(reasonField)
  reason?: string;
}

export class RenumberItemRequest extends CommandRequest {
  @TextField({
    description: 'The new number; left out when it has none from now on',
    example: '36',
    max: 30,
    optional: true,
  })
  number?: string;

  @TextField(printedLabelField)
  printedLabel?: string;

  @TextField(reasonField)
  reason?: string;
}

export class MoveItemRequest extends CommandRequest {
  @IdsField({ description: 'The items that it lies under from now on' })
  parents!: string[];

  @TextField(printedLabelField)
  printedLabel?: string;

  @TextField(reasonField)
  reason?: string;
}

export class ChangeConcernedRequest extends CommandRequest {
  @ObjectField(() => ConcernedRequest, concernedField)
  @ExactlyOneOf(['bodies', 'groupId'])
  concerned?: Concerned;

  @TextField(reasonField)
  reason?: string;
}

export class ChangeResponsibleRequest extends CommandRequest {
  @IdsField({ description: 'The responsible bodies (ansvariga) from now on' })
  responsible!: string[];

  @TextField(reasonField)
  reason?: string;
}

export class EndItemRequest extends CommandRequest {
  @TextField(commentField)
  comment?: string;

  @TextField(printedLabelField)
  printedLabel?: string;
}

export class DiscontinueItemRequest extends CommandRequest {
  @ChoiceField({ description: 'Why the item ends', of: discontinuationReasons })
  reason!: DiscontinuationReason;

  @TextField({ description: 'The reason in words', example: 'Ligger utanför nämndens rådighet', max: 2_000 })
  comment!: string;

  @TextField(printedLabelField)
  printedLabel?: string;
}

export class SucceedItemRequest extends CommandRequest {
  @IdField({ description: 'The newer item, of this plan or another' })
  successorId!: string;

  @ChoiceField({ description: 'What happened between them', of: successionKinds })
  kind!: SuccessionKind;

  @BooleanField({
    description: 'Whether the link is a reading, not stated by a document',
    example: false,
    optional: true,
  })
  inferred?: boolean;

  @TextField(commentField)
  comment?: string;
}

class EvidenceRequest {
  @IdField({ description: 'An item that the judgement rests on', optional: true })
  itemId?: string;

  @IdField({ description: 'An indicator that it rests on', optional: true })
  indicatorId?: string;

  @TextField({ description: 'Something else that it rests on, in words', max: 2_000, optional: true })
  note?: string;
}

const evidenceNames = ['itemId', 'indicatorId', 'note'];

export class AssessItemRequest extends CommandRequest {
  @IdField({ description: 'The round that the assessment is made in' })
  roundId!: string;

  @IdField({ description: 'The body whose judgement it is' })
  bodyId!: string;

  @CodeField({ description: "A level of the plan's scale", example: 'delayed' })
  level!: string;

  @TextField({ description: 'Why the body judges so', example: 'Upphandlingen är överklagad.', max: 20_000 })
  motivation!: string;

  @ObjectsField(() => EvidenceRequest, { description: 'What the judgement rests on', max: 100, optional: true })
  @ExactlyOneOf(evidenceNames, { each: true })
  evidence?: Evidence[];
}

export class CorrectAssessmentRequest extends CommandRequest {
  @CodeField({ description: 'The level that it should have had', example: 'on-track', optional: true })
  level?: string;

  @TextField({ description: 'The motivation that it should have had', max: 20_000, optional: true })
  motivation?: string;

  @ObjectsField(() => EvidenceRequest, { description: 'What it should have rested on', max: 100, optional: true })
  @ExactlyOneOf(evidenceNames, { each: true })
  evidence?: Evidence[];

  @TextField({ description: 'Why it was wrong', max: 2_000 })
  reason!: string;
}

export class WithdrawAssessmentRequest extends CommandRequest {
  @TextField({ description: 'Why it should not have been made', max: 2_000 })
  reason!: string;
}
