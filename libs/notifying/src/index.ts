export { reminderJobOf, sendReminderJob } from './reminders/send-reminder.job.js';
export type { SendReminder, SendReminderOptions } from './reminders/send-reminder.job.js';
export type { ReminderMessage } from './reminders/reminder-message.js';
export { faultOfReceiver, WebhookFailed } from './reminders/webhook.js';
export type { WebhookReceiver } from './reminders/webhook.js';
