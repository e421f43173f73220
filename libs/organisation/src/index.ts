export { OrganisationModule } from './organisation.module.js';
export { bodyIdOf, groupIdOf } from './organisation-ids.js';
export type { Cancelled } from './cancelled.js';
export { CancelledView } from './cancelled.view.js';
export { bodies } from './body/body.decider.js';
export { bodyEvents } from './body/body.events.js';
export type { BodyEvent } from './body/body.events.js';
export {
  AddBodyAliasCommand,
  AmendBodyAliasCommand,
  CancelBodyChangeCommand,
  CancelBodyCommand,
  CorrectBodyCommand,
  DissolveBodyCommand,
  needBody,
  RegisterBodyCommand,
  RenameBodyCommand,
} from './body/body.commands.js';
export { bodyDirectory } from './body/read-models/body-directory/body-directory.projection.js';
export type { BodyDocument } from './body/read-models/body-directory/body-directory.projection.js';
export { abbreviationOn } from './body/names.js';
export { dissolutionOf, isRegistered, kindOf, nameOn } from './body/body.js';
export type { BodyRecord } from './body/body.js';
export type { GroupRecord } from './group/group.js';
export { decisions } from './decision/decision.decider.js';
export { decisionEvents } from './decision/decision.events.js';
export type { DecisionCorrected, DecisionEvent } from './decision/decision.events.js';
export { CorrectDecisionCommand } from './decision/decision.commands.js';
export { correctedDecisions } from './decision/read-models/corrected-decisions/corrected-decisions.projection.js';
export { Decisions } from './decision/read-models/corrected-decisions/decisions.js';
export { groups } from './group/group.decider.js';
export { groupEvents } from './group/group.events.js';
export type { GroupEvent } from './group/group.events.js';
export { groupNameOf } from './group/group.js';
export {
  CancelGroupChangeCommand,
  CancelGroupCommand,
  ChangeGroupMembersCommand,
  CorrectGroupCommand,
  DefineGroupCommand,
  needGroup,
} from './group/group.commands.js';
export { groupDirectory } from './group/read-models/group-directory/group-directory.projection.js';
export { groupsOf } from './group/read-models/group-directory/groups-of-body.js';
export type { GroupDocument } from './group/read-models/group-directory/group-directory.projection.js';
export { membersOn } from './group/membership.js';
