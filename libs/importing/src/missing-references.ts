import type { ExternalReference, PlanFile, PlanFileFault } from '#plan-files';
import { streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import { KeyedIds } from './keyed-ids.js';

/** What a file refers to, does not hold itself, and is not recorded either. */
export async function missingReferences(
  file: PlanFile,
  tenant: string,
  readStream: (stream: string) => Promise<StoredEvent[]>,
): Promise<PlanFileFault[]> {
  const ids = new KeyedIds(tenant);
  const faults: PlanFileFault[] = [];
  const recorded = new Map<string, boolean>();
  for (const reference of file.externalReferences) {
    const { key, kind, path, plan } = reference;
    const stream = streamName(tenant, kind, idOfReference(reference, ids));
    if (!recorded.has(stream)) recorded.set(stream, (await readStream(stream)).length > 0);
    if (recorded.get(stream)) continue;
    const whose = plan === undefined ? '' : ` in the plan ${plan}`;
    faults.push({
      path,
      ...file.locate(path),
      message: `there is no ${kind} ${key}${whose}, neither in the file nor recorded; load the file that defines it first`,
    });
  }
  return faults;
}

function idOfReference({ key, kind, plan = '' }: ExternalReference, ids: KeyedIds): string {
  switch (kind) {
    case 'body':
      return ids.body(key);
    case 'group':
      return ids.group(key);
    case 'scale':
      return ids.scale(key);
    case 'plan':
      return ids.plan(key);
    case 'item':
      return ids.item(plan, key);
    case 'indicator':
      return ids.indicator(plan, key);
    case 'round':
      return ids.round(plan, key);
  }
}
