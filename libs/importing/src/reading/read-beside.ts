import { PlanFileFaults, readPlanFile } from '#plan-files';
import type { PlanFile } from '#plan-files';
import { inThread } from '#threads';
import type { FileInThread } from './read-in-thread.js';

/** What is shorter is read at once: that takes less than to hand it over. */
const shortFile = 64 * 1024;

/**
 * Reads a plan file beside the requests of others: a long one in a thread.
 * @throws PlanFileFaults, TakesTooMuch
 */
export async function readBeside(text: string, name: string | undefined, signal?: AbortSignal): Promise<PlanFile> {
  if (text.length <= shortFile) return readPlanFile(text, name);
  const file = await inThread<FileInThread>(new URL(besideThis('read-in-thread')), { name, text }, signal);
  if ('faults' in file) throw new PlanFileFaults(name, file.faults, file.more);
  const { content, externalReferences, places } = file;
  return { ...content, externalReferences, locate: (path) => nearest(places, path) };
}

/** The name of a module in the form that this one has: that of a source, or of what was built. */
const besideThis = (name: string): string =>
  new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

/** Where a value stands, or the nearest around it whose place is known. */
function nearest<Place>(places: ReadonlyMap<string, Place>, path: string): Place {
  for (let at = path; at !== ''; at = at.replace(/(\.?[^.[\]]+|\[\d+\])$/, '')) {
    const place = places.get(at);
    if (place !== undefined) return place;
  }
  return places.get('')!;
}
