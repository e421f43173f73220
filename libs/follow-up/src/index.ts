export { FollowUpModule } from './follow-up.module.js';
export { rounds, roundIdOf } from './round/round.decider.js';
export { roundEvents } from './round/round.events.js';
export type { RoundEvent } from './round/round.events.js';
export { assessmentGrounds } from './round/assessment-grounds.js';
export type { Round } from './round/round.js';
export {
  DecideRoundCommand,
  FreezeRoundCommand,
  MarkReadyCommand,
  OpenPlannedRoundCommand,
  OpenRoundCommand,
  PlanRoundCommand,
  RecallReadyCommand,
  RecordSnapshotCommand,
  ReissueSnapshotCommand,
  RemindBodiesCommand,
} from './round/round.commands.js';
export { CoverageQuery, StandingQuery } from './coverage/coverage.queries.js';
export { coverageOf, standingOf } from './coverage/coverage.js';
export type { Coverage, CoverageSources } from './coverage/coverage.js';
export { previousRound, RoundQuery, RoundsOfPlanQuery } from './round/round.queries.js';
export { roundDirectory } from './round/round.projection.js';
export type { Freeze, IssueDocument, RoundDocument } from './round/round.projection.js';
export { currentRule } from './round/current-rule.js';
export { followUpJobOf } from './jobs-of-events.js';
export { dueActions } from './schedule/due-actions.js';
export type { DueAction } from './schedule/due-actions.js';
export { RoundSchedule } from './schedule/round-schedule.js';
export type { RoundAction, RoundScheduleOptions } from './schedule/round-schedule.js';
export { sendReminderJob } from './reminders/send-reminder.job.js';
export type { SendReminder, SendReminderOptions } from './reminders/send-reminder.job.js';
export type { ReminderMessage } from './reminders/reminder-message.js';
export { checkReceiver, WebhookFailed } from './reminders/webhook.js';
export type { WebhookReceiver } from './reminders/webhook.js';
export { Directory } from './status/directory.js';
export { ItemReader } from './status/item-reader.js';
export { labelOf } from './status/item.view.js';
export { compareSnapshots } from './snapshot/compare-snapshots.js';
export type { SnapshotComparison } from './snapshot/compare-snapshots.js';
export { foldSnapshot } from './snapshot/fold-snapshot.js';
export type { FoldedSnapshot, SnapshotBound, SnapshotLog } from './snapshot/fold-snapshot.js';
export { makeSnapshotHandler } from './snapshot/make-snapshot.job.js';
export { reportHtml } from './snapshot/report/report.html.js';
export { SNAPSHOT_DOCUMENTS, SnapshotArchive } from './snapshot/snapshot-archive.js';
export type { SnapshotVerification } from './snapshot/snapshot-archive.js';
export { snapshotDirectory } from './snapshot/snapshot-directory.projection.js';
export { SnapshotDiffers } from './snapshot/snapshot-differs.js';
export { snapshotIdOf } from './snapshot/snapshot-id.js';
export { snapshotRules } from './snapshot/snapshot-rule.js';
export type { Snapshot } from './snapshot/snapshot-rule.js';
export { SnapshotWriter } from './snapshot/snapshot-writer.js';
export type { RecordSnapshot, SnapshotRecord, WantedSnapshot } from './snapshot/snapshot-writer.js';
