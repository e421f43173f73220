import type { StateLookup } from '#deciding';
import { dissolutionOf } from '../body/body.js';
import { bodies } from '../body/body.decider.js';
import { organisationIdOf } from '../organisation-ids.js';
import { organisations } from './reorganisation.decider.js';

interface AskedToday {
  readonly lookup: StateLookup;
  /** ISO day. */
  readonly today: string;
}

/**
 * The bodies that speak for one: itself, and from the day on which it ended those that took over from it, whoever took over from them
 * too. Of one thing only those that took this over.
 * @param about the id of that thing; left out, any of those that took over
 */
export async function speakersFor(
  bodyId: string,
  { lookup, today }: AskedToday,
  about?: string,
): Promise<readonly string[]> {
  const speakers = new Set([bodyId]);
  const organisation = await lookup.find(organisations, organisationIdOf(lookup.tenant));
  for (const one of speakers) {
    const body = await lookup.find(bodies, one);
    const ended = body?.status === 'registered' ? dissolutionOf(body) : undefined;
    if (!ended || ended.since > today) continue;
    const decided = Object.values(organisation?.standing ?? {}).find((known) => known.bodyId === one);
    const named = about === undefined ? undefined : decided?.named[about];
    for (const successor of named ?? ended.successors) speakers.add(successor);
  }
  return [...speakers];
}
