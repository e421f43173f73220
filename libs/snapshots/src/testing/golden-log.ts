import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import { indicatorEvents } from '#indicators';
import { EventCatalog, idOf } from '#kernel';
import type { EventEnvelope } from '#kernel';
import { bodyEvents, decisionEvents, groupEvents, reorganisationEvents } from '#organisation';
import { itemEvents, planEvents, scaleEvents } from '#planning';
import { roundEvents } from '#rounds';

/** Where the golden log of a rule lies, and what the rule makes of it: a year of a small plan, with everything in it that a snapshot tells of. */
export const goldenFolderOf = (rule: number): string =>
  join(process.cwd(), `libs/snapshots/src/rules/rule-${rule}/golden`);

export const goldenFolder = goldenFolderOf(1);

export const goldenTenant = 'uppsala';

type GoldenEvent = EventEnvelope & { readonly stream: string };

export const goldenEvents = (rule = 1): GoldenEvent[] =>
  JSON.parse(readFileSync(join(goldenFolderOf(rule), 'log.json'), 'utf8')) as GoldenEvent[];

/** The round of August in it. */
export const goldenRound = (): string =>
  goldenEvents().findLast(({ type }) => type === 'RoundFrozen')!.data['roundId'] as string;

export const everyDefinition = [
  bodyEvents,
  groupEvents,
  decisionEvents,
  reorganisationEvents,
  scaleEvents,
  planEvents,
  itemEvents,
  roundEvents,
  indicatorEvents,
].flat();

export const everyEvent = (): EventCatalog => new EventCatalog(everyDefinition);

/**
 * Records events in their order.
 * @param noise records as many events of another tenant before each, so that positions differ from log to log
 */
export async function record(store: EventStore, events: readonly GoldenEvent[], noise = 0): Promise<void> {
  const revisions = new Map<string, number>();
  const append = async ({ stream, ...event }: GoldenEvent): Promise<void> => {
    const { revision } = await store.append(stream, [event], revisions.get(stream) ?? 'no-stream');
    revisions.set(stream, revision);
  };
  for (const [index, event] of events.entries()) {
    for (let extra = 0; extra < noise; extra++) {
      const id = idOf('noise', String(index), String(extra));
      const metadata = { ...event.metadata, tenant: 'umea', schema: 1 };
      const data = { bodyId: id, name: 'En annan kommuns nämnd', kind: 'board' };
      await append({ stream: `umea.body-${id}`, id, type: 'BodyRegistered', data, metadata });
    }
    await append(event);
  }
}
