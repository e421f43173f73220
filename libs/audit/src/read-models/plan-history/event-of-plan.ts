import { indicatorEvents } from '#indicators';
import type { IndicatorEvent } from '#indicators';
import { itemEvents, planEvents } from '#planning';
import type { ItemEvent, PlanEvent } from '#planning';
import { roundEvents } from '#rounds';
import type { RoundEvent } from '#rounds';

/** What happens to a plan itself, to its indicators and its rounds. */
export type EventOfRecord = PlanEvent | IndicatorEvent | RoundEvent;

/** What happens in a plan: also to its items, whose assessments make them a story of their own. */
export type EventOfPlan = EventOfRecord | ItemEvent;

export const eventsOfPlan = [...planEvents, ...itemEvents, ...indicatorEvents, ...roundEvents];

const typesOfItem: ReadonlySet<string> = new Set(itemEvents.map(({ type }) => type));

export const isOfItem = (event: Pick<EventOfPlan, 'type'>): event is ItemEvent => typesOfItem.has(event.type);
