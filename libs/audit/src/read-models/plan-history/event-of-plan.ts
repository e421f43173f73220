import { loadRecorded, loadTakeBackDecided, loadTakenBack } from '#importing';
import type { LoadEvent } from '#importing';
import { indicatorEvents } from '#indicators';
import type { IndicatorEvent } from '#indicators';
import { decisionEvents } from '#organisation';
import type { DecisionEvent } from '#organisation';
import { itemEvents, planEvents } from '#planning';
import type { ItemEvent, PlanEvent } from '#planning';
import { roundEvents } from '#rounds';
import type { RoundEvent } from '#rounds';

/** Of a load of a plan file: what it recorded, and that it was taken back. */
type LoadOfPlan = Extract<LoadEvent, { type: 'LoadRecorded' | 'LoadTakeBackDecided' | 'LoadTakenBack' }>;

/** What happens to a plan itself, to its indicators, its rounds, the formal decisions behind all that, and loads of files about it. */
export type EventOfRecord = PlanEvent | IndicatorEvent | RoundEvent | DecisionEvent | LoadOfPlan;

/** What happens in a plan: also to its items, whose assessments make them a story of their own. */
export type EventOfPlan = EventOfRecord | ItemEvent;

export const eventsOfPlan = [
  ...planEvents,
  ...itemEvents,
  ...indicatorEvents,
  ...roundEvents,
  ...decisionEvents,
  ...[loadRecorded, loadTakeBackDecided, loadTakenBack],
];

const typesOfItem: ReadonlySet<string> = new Set(itemEvents.map(({ type }) => type));

export const isOfItem = (event: Pick<EventOfPlan, 'type'>): event is ItemEvent => typesOfItem.has(event.type);
