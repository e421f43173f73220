import { Presets, SingleBar } from 'cli-progress';
import type { Job } from '#jobs';
import type { ProjectionStatus, Verification } from '#projecting';
import type { ApiClient } from './api-client.js';
import { table } from './print.js';

const pollMilliseconds = 200;

export async function projectionsStatus(client: ApiClient): Promise<{ result: ProjectionStatus[]; text: string }> {
  const result = await client.get<ProjectionStatus[]>('/v1/projections');
  const rows = result.map(({ lagSeconds, name, position, rebuilding, state, version }) => [
    name,
    `v${version}`,
    rebuilding ? `${state}, rebuilding` : state,
    `${lagSeconds} s`,
    position,
  ]);
  return { result, text: table([['projection', 'version', 'state', 'lag', 'position'], ...rows]) };
}

/** Has projections made anew, and waits until they answer. */
export async function rebuild(
  client: ApiClient,
  names: readonly string[],
  bar: boolean,
): Promise<{ result: object; text: string }> {
  const known = await client.get<ProjectionStatus[]>('/v1/projections');
  const chosen = names.length > 0 ? names : known.map(({ name }) => name);
  const jobs: Job[] = [];
  for (const name of chosen) {
    jobs.push(await client.post<Job>(`/v1/projections/${encodeURIComponent(name)}/rebuild`, 'administrator'));
  }
  const progress = bar ? new SingleBar({ format: '{bar} {percentage} %  {stage}' }, Presets.shades_classic) : undefined;
  progress?.start(chosen.length, 0, { stage: 'rebuilding' });
  try {
    for (const [done, { id }] of jobs.entries()) {
      progress?.update(done, { stage: `${done} of ${chosen.length}` });
      await ended(client, id);
    }
    progress?.update(chosen.length, { stage: `${chosen.length} of ${chosen.length}` });
  } finally {
    progress?.stop();
  }
  return { result: { rebuilt: chosen }, text: `Made anew: ${chosen.join(', ')}` };
}

/** Waits until a job is done. @throws Error where it failed for good */
async function ended(client: ApiClient, id: string): Promise<void> {
  for (;;) {
    const { error, state } = await client.get<Job>(`/v1/jobs/${id}`, 'administrator');
    if (state === 'completed') return;
    if (state === 'failed') throw new Error(error);
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

export async function verify(
  client: ApiClient,
  names: readonly string[],
): Promise<{ result: Verification[]; text: string }> {
  const known = (await client.get<ProjectionStatus[]>('/v1/projections')).map(({ name }) => name);
  const result: Verification[] = [];
  for (const name of names.length > 0 ? names : known) {
    result.push(await client.post<Verification>(`/v1/projections/${encodeURIComponent(name)}/verify`, 'administrator'));
  }
  const rows = result.map(({ differing, documents, events, name }) => [
    name,
    String(documents),
    String(events),
    differing === 0 ? 'as the log says' : `${differing} differ`,
  ]);
  const found = result.flatMap(({ differences, name }) =>
    differences.map(({ field, id, kind }) => [name, id, kind, field ?? '']),
  );
  return {
    result,
    text: [
      table([['projection', 'documents', 'events', ''], ...rows]),
      ...(found.length > 0 ? [table(found)] : []),
    ].join('\n\n'),
  };
}
