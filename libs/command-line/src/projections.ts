import { Presets, SingleBar } from 'cli-progress';
import type { Job } from '#jobs';
import type { Parked, ProjectionStatus, Skip, Verification } from '#projecting';
import { Deadline, describeDamage, describeLoss, pause } from '#kernel';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { progressOf, short, table } from './print.js';

const pollMilliseconds = 200;
const settleMilliseconds = 5_000;

export async function projectionsStatus(
  client: ApiClient,
): Promise<{ result: readonly ProjectionStatus[]; text: string }> {
  const result = await client.list<ProjectionStatus>('/v1/projections');
  const rows = result.map(({ lagSeconds, name, position, rebuilding, state, version }) => [
    name,
    `v${version}`,
    rebuilding ? `${state}, rebuilding` : state,
    `${lagSeconds} s`,
    position,
  ]);
  return {
    result,
    text: [
      table([['projection', 'version', 'state', 'lag', 'position'], ...rows]),
      ...result.flatMap(({ buildHeld, buildParked, name, parked, parkedPartitions }) => [
        ...(parked ? [`${name} is parked at ${placeOf(parked)}`] : []),
        ...(buildParked ? [`the new documents of ${name} are parked at ${placeOf(buildParked)}`] : []),
        ...(parkedPartitions > 1 ? [`${name} is parked in ${parkedPartitions} of its partitions`] : []),
        ...(buildHeld === undefined ? [] : [`the new documents of ${name} do not take over. ${buildHeld}`]),
      ]),
      ...skippedText(result),
    ].join('\n\n'),
  };
}

const placeOf = ({ error, eventId, position, type }: Parked): string => `${position} (${type} ${eventId}): ${error}`;

/** The events that documents lack, because it was decided so. */
function skippedText(projections: readonly { readonly name: string; readonly skipped: readonly Skip[] }[]): string[] {
  const rows = projections.flatMap(({ name, skipped }) =>
    skipped.map(({ at, by, position, reason, type }) => [
      name,
      position,
      type,
      short(at),
      `${by.role} ${by.id}`,
      reason,
    ]),
  );
  return rows.length === 0 ? [] : [table([['skipped', 'position', 'type', 'at', 'by', 'because'], ...rows])];
}

/** Lets a parked projection try its event again, and tells how it stands then. */
export async function retry(client: ApiClient, name: string): Promise<{ result: ProjectionStatus; text: string }> {
  const status = await statusOf(client, name);
  const before = parkedOf(status);
  await client.post(pathOf(name, 'retry'), 'administrator');
  if (before === undefined) {
    const text =
      status?.buildHeld === undefined ? `${name} is not parked` : `${name} looks again whether the log is whole`;
    return { result: (await statusOf(client, name))!, text };
  }
  const result = await settled(client, name, before);
  const parked = parkedOf(result);
  if (parked) throw new Error(`${name} is still parked at ${parked.position}: ${parked.error}`);
  return { result, text: `${name} has gone on` };
}

/** Lets a parked projection leave its event out. */
export async function skip(client: ApiClient, name: string, reason: string): Promise<{ result: Skip; text: string }> {
  const before = parkedOf(await statusOf(client, name));
  const result = await client.post<Skip>(pathOf(name, 'skip'), 'administrator', json({ reason }));
  const parked = before && parkedOf(await settled(client, name, before));
  const next = parked ? `; it is parked at ${parked.position}: ${parked.error}` : '';
  return { result, text: `${name} leaves out ${result.type} at ${result.position}${next}` };
}

/** How a projection stands when it has tried the event that it was parked at, or has had the time to. */
async function settled(client: ApiClient, name: string, before: Parked): Promise<ProjectionStatus> {
  for (const deadline = new Deadline(settleMilliseconds); ; await pause(pollMilliseconds)) {
    const status = (await statusOf(client, name))!;
    const parked = parkedOf(status);
    const position = status.buildPosition ?? status.position;
    const tried = !status.requested && (parked ? parked.at !== before.at : position >= before.position);
    if (tried || deadline.hasPassed) return status;
  }
}

/** The event that stands in the way: of the documents that answer first, then of those that are to take over. */
const parkedOf = (status: ProjectionStatus | undefined): Parked | undefined => status?.parked ?? status?.buildParked;

/** Undefined where there is no such projection; what is asked of it is then answered with that. */
async function statusOf(client: ApiClient, name: string): Promise<ProjectionStatus | undefined> {
  return (await client.list<ProjectionStatus>('/v1/projections')).find((known) => known.name === name);
}

const pathOf = (name: string, action: string): string => `/v1/projections/${encodeURIComponent(name)}/${action}`;

/** Has projections made anew, and waits until they answer. */
export async function rebuild(
  client: ApiClient,
  names: readonly string[],
  { bar, despiteDamage }: { readonly bar: boolean; readonly despiteDamage?: string | undefined },
): Promise<{ result: object; text: string }> {
  const known = await client.list<ProjectionStatus>('/v1/projections');
  const chosen = names.length > 0 ? names : known.map(({ name }) => name);
  const asked = json(despiteDamage === undefined ? {} : { despiteDamage });
  const jobs: { name: string; id: string }[] = [];
  for (const name of chosen) {
    jobs.push({ name, id: (await client.post<Job>(pathOf(name, 'rebuild'), 'administrator', asked)).id });
  }
  const progress = bar ? new SingleBar({ format: '{bar} {percentage} %  {stage}' }, Presets.shades_classic) : undefined;
  progress?.start(chosen.length, 0, { stage: 'rebuilding' });
  try {
    for (const [done, { id, name }] of jobs.entries()) {
      progress?.update(done, { stage: `${done} of ${chosen.length}` });
      await ended(client, name, id);
    }
    progress?.update(chosen.length, { stage: `${chosen.length} of ${chosen.length}` });
  } finally {
    progress?.stop();
  }
  return { result: { rebuilt: chosen }, text: `Made anew: ${chosen.join(', ')}` };
}

/** Waits until a rebuild is done. @throws Error where it failed for good, or waits for somebody to decide */
async function ended(client: ApiClient, name: string, id: string): Promise<void> {
  for (; ; await pause(pollMilliseconds)) {
    const { error, state, waitingFor } = await client.get<Job>(`/v1/jobs/${id}`, 'administrator');
    if (state === 'completed') return;
    if (state === 'failed') throw new Error(error);
    const parked = waitingFor === undefined ? undefined : (await statusOf(client, name))?.buildParked;
    if (parked)
      throw new Error(`the new documents of ${name} are parked at ${placeOf(parked)}; skip it, and they go on`);
  }
}

/** Each event once whose metadata is not as it should be, however many projections read it. */
function misdescribedText(verified: readonly Verification[]): string[] {
  const told = verified.flatMap(({ misdescribed }) =>
    misdescribed.map(({ eventId, fault, position }) => `${position} (${eventId}): metadata ${fault}`),
  );
  return told.length === 0 ? [] : [[...new Set(told)].join('\n')];
}

/** Each damaged stream once, however many projections read it; and how much documents hold that is lost. */
function damagedText(verified: readonly Verification[]): string[] {
  const damaged = verified.flatMap((one) => {
    const lost = describeLoss({ ...one, damagedStreams: 0 }, one.name);
    return [...one.damaged.map(describeDamage), ...(lost === undefined ? [] : [lost])];
  });
  return damaged.length === 0 ? [] : [[...new Set(damaged)].join('\n')];
}

export async function verify(
  client: ApiClient,
  names: readonly string[],
): Promise<{ result: Verification[]; text: string }> {
  const known = (await client.list<ProjectionStatus>('/v1/projections')).map(({ name }) => name);
  const result: Verification[] = [];
  const chosen = names.length > 0 ? names : known;
  const bar = progressOf(chosen.length);
  for (const name of chosen) {
    result.push(await client.post<Verification>(pathOf(name, 'verify'), 'administrator'));
    bar?.increment();
  }
  bar?.stop();
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
      ...misdescribedText(result),
      ...damagedText(result),
      ...skippedText(result),
    ].join('\n\n'),
  };
}
