export type { DecidedEvent, Decider, DomainCommand } from './decider.js';
export { factOf } from './recorded-fact.js';
export type { RecordedFact } from './recorded-fact.js';
export { copied, foldOf } from './folding.js';
export type { Fold, Folding, Own, Writable } from './folding.js';
export { attestingKinds, roles } from './events/envelope.js';
export type {
  Actor,
  AttestingDocument,
  Attestation,
  DomainEvent,
  EventEnvelope,
  EventMetadata,
  FormalDecision,
  Inference,
  Provenance,
  RecordedEvent,
  Role,
  StoredEvent,
} from './events/envelope.js';
export { defineEvent } from './events/define-event.js';
export type { EventDefinition, EventOf, Upcaster } from './events/define-event.js';
export * as field from './events/payload.js';
export { payload } from './events/payload.js';
export { faultInMetadata, storableMetadata } from './events/metadata.js';
export { isKnown, provenanceInSwedish, provenanceOf, saidOn, saidWhen } from './events/provenance.js';
export type { KnownBy, SaidWhen } from './events/provenance.js';
export { isOwnEvent } from './events/own-event.js';
export { EventCatalog } from './events/event-catalog.js';
export type { Json, JsonObject } from './json.js';
export { addTo, sortedPart } from './lists.js';

export { DomainError } from './errors/domain-error.js';
export { AppendTooLarge } from './errors/append-too-large.js';
export { CorruptEvent } from './errors/corrupt-event.js';
export { doubt, doubtIn, Doubtful, knownDoubts, rulesOf } from './errors/doubtful.js';
export type { Doubt } from './errors/doubtful.js';
export { describeError, explainError, withoutCredentials } from './errors/describe-error.js';
export { EventIdReused } from './errors/event-id-reused.js';
export { fileFaultOf } from './errors/file-fault.js';
export type { FileFault } from './errors/file-fault.js';
export { Forbidden } from './errors/forbidden.js';
export { IdempotencyKeyReused } from './errors/idempotency-key-reused.js';
export { isTransient } from './errors/is-transient.js';
export { LogReplaced } from './errors/log-replaced.js';
export { damageTold, describeDamage, describeLoss, LogDamaged, lossTold } from './errors/log-damaged.js';
export type { Damage, Loss } from './errors/log-damaged.js';
export { LogsDiffer } from './errors/logs-differ.js';
export { MalformedInput } from './errors/malformed-input.js';
export type { InputFault } from './errors/malformed-input.js';
export { kindInWords, NotFound } from './errors/not-found.js';
export { RevisionMismatch } from './errors/revision-mismatch.js';
export { knownRules, rule, RuleViolation } from './errors/rule-violation.js';
export { whileThereIsRoom } from './errors/room-for-more.js';
export { StoreFailure } from './errors/store-failure.js';
export { StoreRefused } from './errors/store-refused.js';
export type { Attempt, Refusal } from './errors/store-refused.js';
export { StoreUnavailable } from './errors/store-unavailable.js';
export type { Unavailability } from './errors/store-unavailable.js';
export { ToldError } from './errors/told-error.js';
export { ToldFaults } from './errors/told-faults.js';

export {
  inLanguage,
  joined,
  knownTexts,
  languages,
  paramsIn,
  say,
  term,
  usualLanguage,
  verbatim,
} from './texts/said.js';
export type { Language, Params, Part, Said, Text } from './texts/said.js';

export { languageOf } from './texts/asked-language.js';
export { isLanguageTag, userLanguage } from './texts/user-language.js';
export { utf8Text } from './texts/utf8-text.js';

export { codePattern, isCode } from './code.js';
export { systemClock } from './clock.js';
export type { Clock } from './clock.js';
export { comesAfter, countedFrom, dated, later, placeAfter, placeOf } from './dated.js';
export type { Dated, Place } from './dated.js';
export { countingSteps, stepOn, stepsAfter, withStep } from './dated-series.js';
export type { DatedSeries, DatedStep } from './dated-series.js';
export { dayBefore, dayInSweden, daysFrom, endOfDayInSweden, isDay, swappedDay, yearsAfter } from './day.js';
export {
  addDecimals,
  compareDecimals,
  decimalPattern,
  decimalsOf,
  isDecimal,
  quotientOfDecimals,
  subtractDecimals,
} from './decimal.js';
export { canonicalJson, digestOf, digestOfText, sameWhenStored } from './digest.js';
export { idOf, idPattern, isId, newId } from './ids.js';
export { isFollowedPeriod, sortOfPeriod, spanOfPeriod } from './followed-period.js';
export type { PeriodSort } from './followed-period.js';
export { includesDay, overlaps } from './period.js';
export type { Period } from './period.js';
export { isGone, thisProcess } from './process-ref.js';
export type { ProcessRef } from './process-ref.js';
export { gapInSwedish, gapOfSign, gapReasons } from './printed/gaps.js';
export type { GapReason } from './printed/gaps.js';
export { readPrintedNumber, UnreadableNumber } from './printed/printed-number.js';
export type { PrintedNumber } from './printed/printed-number.js';
export { isPosition, startOfLog } from './position.js';
export * as kind from './values/kinds.js';
export { faultIn } from './values/kind.js';
export type { Kind, ValueSchema } from './values/kind.js';
export { normaliseItemNumber, UnreadableItemNumber } from './values/item-number.js';
export { isTenant, partsOfStream, streamName, systemTenant } from './stream-name.js';
export { shownJson, shownLine, shownText } from './shown-text.js';
export { compareSwedish, normaliseText, swedishSortKey } from './text.js';
export { isWithin, sought, textMatches, wordingOf } from './wording.js';
export type { TextMatch, Wording } from './wording.js';

export { Deadline } from './waiting/deadline.js';
export { pause } from './waiting/pause.js';
export { TimeSlices } from './waiting/time-slices.js';
export { unlessAborted } from './waiting/unless-aborted.js';
export { WakeUp } from './waiting/wake-up.js';
export { DeadlinePassed, endsWithin, within } from './waiting/within.js';
export { roughBytes } from './rough-bytes.js';
