import { ApiProperty } from '@nestjs/swagger';
import { PageOf } from '#http-api';
import { jobStates } from '#jobs';
import type { Job } from '#jobs';
import type { Json } from '#kernel';

class JobProgressView {
  @ApiProperty({ example: 412, description: 'How much is done' })
  done!: number;
  @ApiProperty({ example: 800, description: 'How much there is to do, in the same unit' })
  total!: number;
  @ApiProperty({ required: false, example: 'Reads the log', description: 'What is being done' })
  note?: string;
}

export class JobView {
  @ApiProperty({ example: 'rebuild-projection.0b6c1f0e-53d4-5f0c-9a50-2f6f7f7c6d11', description: 'The job' })
  id!: string;
  @ApiProperty({ example: 'rebuild-projection', description: 'The kind of work' })
  name!: string;
  @ApiProperty({ example: 'item-status@1', description: 'There is one job of a name for this key' })
  key!: string;
  @ApiProperty({ required: false, example: 'uppsala', description: 'Whose work it is; missing for that of the system' })
  tenant?: string;
  @ApiProperty({ enum: jobStates, example: 'active', description: 'How it stands' })
  state!: string;
  @ApiProperty({ required: false, type: JobProgressView, description: 'How far the work has come' })
  progress?: JobProgressView;
  @ApiProperty({ type: 'integer', example: 1, description: 'How often it was begun' })
  attempts!: number;
  @ApiProperty({ format: 'date-time', example: '2026-11-24T12:00:00.000Z', description: 'When it was enqueued' })
  enqueuedAt!: string;
  @ApiProperty({
    required: false,
    format: 'date-time',
    example: '2026-11-25T03:00:00.000Z',
    description: 'The time that it was scheduled for',
  })
  runAt?: string;
  @ApiProperty({
    required: false,
    format: 'date-time',
    example: '2026-11-24T12:00:01.000Z',
    description: 'When the newest attempt began',
  })
  startedAt?: string;
  @ApiProperty({
    required: false,
    format: 'date-time',
    example: '2026-11-24T12:00:02.000Z',
    description: 'When it completed, or failed for good',
  })
  endedAt?: string;
  @ApiProperty({ required: false, type: Object, example: { generation: 2 }, description: 'What came of it' })
  result?: Json;
  @ApiProperty({ required: false, example: 'The document store does not answer', description: 'Why it failed last' })
  error?: string;
}

export class JobPage extends PageOf(JobView, 'The jobs, newest first') {}

/** A job as it is told. What it was given to work on stays inside. */
export function jobViewOf({ data: _, ...job }: Job): JobView {
  return job;
}
