import { Presets, SingleBar } from 'cli-progress';
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
  const before = await client.get<ProjectionStatus[]>('/v1/projections');
  const chosen = names.length > 0 ? names : before.map(({ name }) => name);
  const generation = new Map(before.map(({ generations, name }) => [name, generations]));
  for (const name of chosen) await client.post(`/v1/projections/${encodeURIComponent(name)}/rebuild`, 'administrator');
  const progress = bar ? new SingleBar({ format: '{bar} {percentage} %  {stage}' }, Presets.shades_classic) : undefined;
  progress?.start(chosen.length, 0, { stage: 'rebuilding' });
  for (;;) {
    const statuses = (await client.get<ProjectionStatus[]>('/v1/projections')).filter(({ name }) =>
      chosen.includes(name),
    );
    const done = statuses.filter(
      ({ generations, name, rebuilding }) => generations > generation.get(name)! && !rebuilding,
    );
    const parked = statuses.find(({ state }) => state === 'parked');
    progress?.update(done.length, { stage: `${done.length} of ${chosen.length}` });
    if (done.length === chosen.length || parked) {
      progress?.stop();
      if (parked) throw new Error(`${parked.name} is parked at ${parked.parked?.position}: ${parked.parked?.error}`);
      return { result: { rebuilt: chosen }, text: `Made anew: ${chosen.join(', ')}` };
    }
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
