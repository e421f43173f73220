import { planChanges, planHistory } from '#audit';
import { logEvents } from '#continuity';
import { commandChangedNothing } from '#deciding';
import type { Document } from '#document-store';
import { loadDirectory, loadEvents } from '#importing';
import { indicatorEvents, indicatorSeries } from '#indicators';
import { EventCatalog } from '#kernel';
import {
  bodyDirectory,
  bodyEvents,
  correctedDecisions,
  decisionEvents,
  groupDirectory,
  groupEvents,
  reorganisationDirectory,
  reorganisationEvents,
} from '#organisation';
import {
  itemContributions,
  itemEvents,
  itemLinks,
  itemSheets,
  itemStatus,
  numberEvents,
  planDirectory,
  planEvents,
  revisionDirectory,
  scaleDirectory,
  scaleEvents,
} from '#planning';
import { projectionEvents } from '#projecting';
import type { Projection } from '#projecting';
import { roundDirectory, roundEvents } from '#rounds';
import { planStreams, snapshotDirectory } from '#snapshots';

/** Every event type that the log may hold. */
export const eventCatalog = (): EventCatalog =>
  new EventCatalog([
    commandChangedNothing,
    ...bodyEvents,
    ...groupEvents,
    ...decisionEvents,
    ...reorganisationEvents,
    ...scaleEvents,
    ...planEvents,
    ...itemEvents,
    ...numberEvents,
    ...roundEvents,
    ...indicatorEvents,
    ...loadEvents,
    ...projectionEvents,
    ...logEvents,
  ]);

/** Every projection. Each knows its own documents and events; to the engine they are all alike. */
export const projections = [
  bodyDirectory,
  groupDirectory,
  correctedDecisions,
  reorganisationDirectory,
  scaleDirectory,
  planDirectory,
  revisionDirectory,
  roundDirectory,
  snapshotDirectory,
  planStreams,
  itemStatus,
  itemContributions,
  itemSheets,
  itemLinks,
  planHistory,
  planChanges,
  indicatorSeries,
  loadDirectory,
] as unknown as readonly Projection<Document>[];
