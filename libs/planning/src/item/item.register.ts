import type { CommandContext, DecisionCommand, DecisionCommandClass } from '#deciding';
import { adoptItem } from './adopt/adopt.js';
import { AssessItemRoute } from './assess/assess.js';
import { AssessItemsRoute } from './assess/assess-items.js';
import { cancelItem } from './cancel/cancel.js';
import { changeConcerned } from './change-concerned/change-concerned.js';
import { changeResponsible } from './change-responsible/change-responsible.js';
import { completeItem } from './complete/complete.js';
import { CorrectAssessmentRoute } from './correct-assessment/correct-assessment.js';
import { declareAnswer } from './declare-answer/declare-answer.js';
import { discontinueItem } from './discontinue/discontinue.js';
import { holdItem } from './hold/hold.js';
import type { ItemCommand } from './item.command.js';
import { moveItem } from './move/move.js';
import { ReinstateAssessmentRoute } from './reinstate-assessment/reinstate-assessment.js';
import { renumberItem } from './renumber/renumber.js';
import { resumeItem } from './resume/resume.js';
import { retainItem } from './retain/retain.js';
import { retractRevision } from './retract/retract.js';
import { rewordItem } from './reword/reword.js';
import { succeedItem } from './succeed/succeed.js';
import { WithdrawAssessmentRoute } from './withdraw-assessment/withdraw-assessment.js';

interface Registered extends Pick<ItemCommand<never>, 'handler' | 'route'> {
  readonly command: SomeCommandClass;
}

/** The class of a command, whichever it is. */
export interface SomeCommandClass extends Pick<DecisionCommandClass, 'creates' | 'permitted'> {
  new (id: string, data: never, context: CommandContext): DecisionCommand;
  readonly name: string;
}

/** Every command to an item. One that is added has its line here. */
export const itemCommands: readonly Registered[] = [
  adoptItem,
  rewordItem,
  renumberItem,
  moveItem,
  changeConcerned,
  changeResponsible,
  retainItem,
  completeItem,
  discontinueItem,
  succeedItem,
  declareAnswer,
  holdItem,
  resumeItem,
  retractRevision,
  cancelItem,
];

/** The routes of commands that rest on more than plans know, and have their handlers where that is known. */
export const routesToOthers = [
  AssessItemRoute,
  AssessItemsRoute,
  CorrectAssessmentRoute,
  WithdrawAssessmentRoute,
  ReinstateAssessmentRoute,
];
