import type { Aggregate } from '#deciding';
import type { DomainCommand, RecordedFact } from '#kernel';
import type { ProjectionEvent, ProjectionEventSkipped } from './projection.events.js';
import type { Skip } from './skip.js';

/** What was decided of a projection, whichever version of it. */
export interface DecidedProjection {
  readonly skips: readonly Skip[];
}

/** It may leave out the event that it is parked at. One that was skipped already is not skipped again. */
export type SkipEvent = DomainCommand<'SkipEvent', ProjectionEventSkipped['data'], void>;
/** Its documents may be made anew though the log is damaged. */
export type RebuildDespiteDamage = DomainCommand<'RebuildDespiteDamage', { projection: string; reason: string }, void>;
export type ProjectionCommand = SkipEvent | RebuildDespiteDamage;

/** Projections as they are decided on. One whose stream holds what cannot be read can be decided on all the same. */
export const decidedProjections: Aggregate<ProjectionCommand, DecidedProjection, ProjectionEvent> = {
  category: 'projection',
  passesOverCorrupt: true,
  decider: { initialState: { skips: [] }, decide, evolve },
};

function decide({ data, type }: ProjectionCommand, { skips }: DecidedProjection): ProjectionEvent[] {
  if (type === 'RebuildDespiteDamage') return [{ type: 'ProjectionRebuiltDespiteDamage', data }];
  if (skips.some(({ eventId }) => eventId === data.eventId)) return [];
  return [{ type: 'ProjectionEventSkipped', data }];
}

function evolve(projection: DecidedProjection, event: RecordedFact<ProjectionEvent>): DecidedProjection {
  if (event.type !== 'ProjectionEventSkipped') return projection;
  const { actor: by, data, recordedAt: at } = event;
  const { eventId, eventType: type, position, reason } = data;
  return { skips: [...projection.skips, { position, eventId, type, by, at, reason }] };
}
