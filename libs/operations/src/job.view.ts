import {
  AnyTextField,
  ChoiceField,
  InstantField,
  IntegerField,
  JsonField,
  ObjectField,
  PageOf,
  RecordField,
} from '#http-api';
import { jobStates, resultIn } from '#jobs';
import type { Job, JobProgress } from '#jobs';
import { inLanguage, paramsIn } from '#kernel';
import type { Json, Language } from '#kernel';

class JobProgressView {
  @IntegerField({ min: 0, example: 412, description: 'How much is done' })
  done!: number;
  @IntegerField({ min: 0, example: 800, description: 'How much there is to do, in the same unit' })
  total!: number;
  @AnyTextField({ example: 'Reads the log', description: 'What is being done', optional: true })
  note?: string;
}

export class JobView {
  @AnyTextField({ example: 'rebuild-projection.0b6c1f0e-53d4-5f0c-9a50-2f6f7f7c6d11', description: 'The job' })
  id!: string;
  @AnyTextField({ example: 'rebuild-projection', description: 'The kind of work' })
  name!: string;
  @AnyTextField({ example: 'item-status@1', description: 'There is one job of a name for this key' })
  key!: string;
  @AnyTextField({ example: 'uppsala', description: 'Whose work it is; missing for that of the system', optional: true })
  tenant?: string;
  @ChoiceField({ of: jobStates, example: 'active', description: 'How it stands' })
  state!: string;
  @ObjectField(() => JobProgressView, { description: 'How far the work has come', optional: true })
  progress?: JobProgressView;
  @IntegerField({ min: 0, example: 1, description: 'How often it was begun' })
  attempts!: number;
  @InstantField({ example: '2026-11-24T12:00:00.000Z', description: 'When it was enqueued' })
  enqueuedAt!: string;
  @InstantField({
    example: '2026-11-25T03:00:00.000Z',
    description: 'The time that it was scheduled for',
    optional: true,
  })
  runAt?: string;
  @InstantField({ example: '2026-11-24T12:00:01.000Z', description: 'When the newest attempt began', optional: true })
  startedAt?: string;
  @InstantField({
    example: '2026-11-24T12:00:02.000Z',
    description: 'When it completed, or failed for good',
    optional: true,
  })
  endedAt?: string;
  @JsonField({ example: { generation: 2 }, description: 'What came of it', optional: true })
  result?: Json;
  @AnyTextField({ example: 'The document store does not answer', description: 'Why it failed last', optional: true })
  error?: string;
  @AnyTextField({ example: 'webhook-failed', description: 'What programs read in its stead', optional: true })
  errorCode?: string;
  @RecordField({
    example: { origin: 'https://example.org' },
    description: 'What its message is made of',
    optional: true,
  })
  errorParams?: object;
  @AnyTextField({
    example: 'The event store does not answer: nothing listens at 127.0.0.1:2113',
    description: 'Why it cannot go on, as long as it waits until it can',
    optional: true,
  })
  waitingFor?: string;
  @InstantField({
    example: '2026-11-24T12:00:01.000Z',
    description: 'Since when it has waited in vain',
    optional: true,
  })
  waitingSince?: string;
}

export class JobPage extends PageOf(JobView, 'The jobs, newest first') {}

/** A job as it is told in a language. What it was given to work on stays inside. */
export function jobViewOf(job: Job, language: Language): JobView {
  const { data: _, errorSaid, progress, result, waitingSaid, ...rest } = job;
  return {
    ...rest,
    ...(progress && { progress: progressIn(language, progress) }),
    ...(result !== undefined && { result: resultIn(language, result) }),
    ...(errorSaid && {
      error: inLanguage(language, errorSaid),
      ...(errorSaid.code !== undefined && { errorCode: errorSaid.code }),
      errorParams: paramsIn(language, errorSaid),
    }),
    ...(waitingSaid && { waitingFor: inLanguage(language, waitingSaid) }),
  };
}

const progressIn = (language: Language, { note, ...progress }: JobProgress): JobProgressView => ({
  ...progress,
  ...(note !== undefined && { note: typeof note === 'string' ? note : inLanguage(language, note) }),
});
