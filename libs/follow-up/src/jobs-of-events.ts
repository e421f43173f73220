import type { NewJob } from '#jobs';
import type { StoredEvent } from '#kernel';
import { reminderJobOf } from './reminders/send-reminder.job.js';
import { snapshotJobOf } from './snapshot/make-snapshot.job.js';

/** The job that an event of follow-up leads to, if it does. */
export const followUpJobOf = (event: StoredEvent): NewJob | undefined => snapshotJobOf(event) ?? reminderJobOf(event);
