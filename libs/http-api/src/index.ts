export { about } from './about.js';
export { ApiInfoController } from './api-info.controller.js';
export { configureApi, fastifyAdapter } from './configure-api.js';
export type { RequestLogger } from './configure-api.js';
export { TokenVerifier, Unauthenticated } from './auth/token-verifier.js';
export type { TokenRules } from './auth/token-verifier.js';
export { usualTimes } from './bounds/connection-times.js';
export type { ConnectionTimes } from './bounds/connection-times.js';
export { usualRates } from './bounds/rate-limits.js';
export type { Rates } from './bounds/rate-limits.js';
export type { Turns } from './bounds/request-turns.js';
export { bodyLimitsOf, mostOfBodies, roomForFaults } from './bounds/body-limits.js';
export { LimitedBody } from './bounds/limited-body.js';
export type { BodyLimits } from './bounds/body-limits.js';
export { CostlyWork } from './costly/costly-work.js';
export { AbortOnDisconnect } from './costly/abort-on-disconnect.js';
export { BulkCommands } from './bulk/bulk-commands.js';
export { BulkRoute } from './bulk/bulk-route.js';
export { LanguageInterceptor } from './bulk/language.interceptor.js';
export { OutcomesOf, RowOutcomeOf } from './bulk/outcomes.js';
export type { Outcomes } from './bulk/outcomes.js';
export { mostRows, RowOf } from './bulk/row.js';
export { Open, Permit } from './auth/permit.js';
export type { Principal } from './auth/principal.js';
export { ApiProblems } from './problems/api-problems.js';
export { DamageView } from './problems/damage.view.js';
export { Problem, ProblemDoubt } from './problems/problem.js';
export { ProblemFilter } from './problems/problem.filter.js';
export { Problems } from './problems/problems.js';
export type { FailureLogger } from './problems/problems.js';
export { OfProvenance, ProvenanceView } from './requests/provenance.view.js';
export { ActorView } from './requests/actor.view.js';
export {
  endOfSteps,
  outcomesOfSteps,
  StepOutcome,
  StepsDecided,
  StepsReceipt,
  StepsUnderWay,
} from './requests/decided-steps.view.js';
export { RequestContext, Requester } from './requests/request-context.js';
export type { AuthenticatedRequest } from './requests/request-context.js';
export { CommandGateway, withoutUnset } from './requests/command-gateway.js';
export { CommandRequest, CorrectingRequest, CorrectsField, FormalDecisionFields } from './requests/command-request.js';
export { CommandRoute } from './requests/command-route.js';
export * from './schema/fields.js';
export { schemaOf } from './schema/json-schema.js';
export type { JsonSchema } from './schema/json-schema.js';
export { limitsOf } from './schema/limits.js';
export type { Limits } from './schema/limits.js';
export { describedClasses, fieldsOf } from './schema/registry.js';
export type { Described, Shape } from './schema/registry.js';
export { asksMoment, instantOf, MomentField, momentOf, MomentQuery, OfMoment } from './requests/moment-query.js';
export { Moments } from './requests/moments.js';
export { mergedPage } from './requests/merged-page.js';
export { pageAt, replayedAt } from './requests/page-at.js';
export { Paged, PageOf, pageOf, PageQuery } from './requests/page-query.js';
export type { Page, PagePart } from './requests/page-query.js';
export { Matched, matchOf, Searched } from './requests/text-query.js';
export type { TextSought } from './requests/text-query.js';
export { PathId, PathValue } from './requests/path-id.js';
export { ReceiptResponse } from './requests/receipt.response.js';
export { requestValidation } from './requests/validation.js';
