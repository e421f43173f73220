export { OrganisationModule } from './organisation.module.js';
export { bodyIdOf, groupIdOf, organisationIdOf } from './organisation-ids.js';
export type { Cancelled } from './cancelled.js';
export { CancelledView } from './cancelled.view.js';
export { membershipsOf } from './group/group.held.js';
export { handedOver } from './handing-over.js';
export type { HandOver, Held } from './handing-over.js';
export { reorganisationDirectory } from './reorganisation/read-models/reorganisation-directory/reorganisation-directory.projection.js';
export type { ReorganisationDocument } from './reorganisation/read-models/reorganisation-directory/reorganisation-directory.projection.js';
export { ReorganisationReader } from './reorganisation/read-models/reorganisation-directory/reorganisation.reader.js';
export {
  ReorganisationDetail,
  reorganisationDetail,
  ReorganisationUnderWay,
  reorganisationUnderWayField,
  ReorganisationView,
  reorganisationView,
} from './reorganisation/read-models/reorganisation-directory/reorganisation.view.js';
export { checkNoReorganisation, organisations, reorganisation } from './reorganisation/reorganisation.decider.js';
export type {
  AskedReorganisation,
  KnownReorganisation,
  NamedSuccessors,
  Organisation,
  PreparedFacts,
} from './reorganisation/reorganisation.decider.js';
export type {
  CloseReorganisation,
  DecideReorganisation,
  RevokeReorganisation,
} from './reorganisation/reorganisation.decider.js';
export {
  categories,
  reorganisationCarriedOut,
  reorganisationDecided,
  reorganisationEvents,
  reorganisationKinds,
  reorganisationRevoked,
} from './reorganisation/reorganisation.events.js';
export type {
  ReorganisationCarriedOut,
  ReorganisationDecided,
  ReorganisationEvent,
  ReorganisationKind,
  ReorganisationRevoked,
  ReorganisationStep,
} from './reorganisation/reorganisation.events.js';
export { checkCorrects, nothingStands } from './told.js';
export { speakersFor } from './reorganisation/speakers.js';
export { bodies } from './body/body.decider.js';
export type { DissolveBody } from './body/body.decider.js';
export { bodyEvents } from './body/body.events.js';
export type { BodyEvent } from './body/body.events.js';
export {
  AddBodyAliasCommand,
  AmendBodyAliasCommand,
  CancelBodyChangeCommand,
  CancelBodyCommand,
  CorrectBodyCommand,
  correctingBody,
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
  HandOverGroupCommand,
  needGroup,
} from './group/group.commands.js';
export { groupDirectory } from './group/read-models/group-directory/group-directory.projection.js';
export { groupsOf } from './group/read-models/group-directory/groups-of-body.js';
export type { GroupDocument } from './group/read-models/group-directory/group-directory.projection.js';
export { membersOn } from './group/membership.js';
