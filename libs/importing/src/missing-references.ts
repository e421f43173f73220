import type { ExternalReference, PlanFile, PlanFileFault } from '#plan-files';
import { streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import { KeyedIds } from './keyed-ids.js';

/** So many missing things are named; the others are counted. */
const mostNamed = 5;

/**
 * What a file refers to, does not hold itself, and is not recorded either: a fault for each kind of thing, at the first place
 * that names one. Where a whole plan is missing, nothing in it is missed as well.
 */
export async function missingReferences(
  file: PlanFile,
  tenant: string,
  readStream: (stream: string) => Promise<StoredEvent[]>,
): Promise<PlanFileFault[]> {
  const ids = new KeyedIds(tenant);
  const missing = new Map<string, Missing>();
  const known = new Map<string, boolean>();
  for (const reference of file.externalReferences) {
    const stream = streamName(tenant, reference.kind, idOfReference(reference, ids));
    if (!known.has(stream)) known.set(stream, (await readStream(stream)).length > 0);
    if (known.get(stream)) continue;
    const { key, kind, path, plan } = reference;
    const group = `${kind} ${plan ?? ''}`;
    const { keys, places, ...first } = missing.get(group) ?? { kind, plan, path, keys: new Set(), places: 0 };
    missing.set(group, { ...first, keys: keys.add(key), places: places + 1 });
  }
  const plans = [...missing.values()].find(({ kind }) => kind === 'plan')?.keys;
  return [...missing.values()]
    .filter(({ plan }) => plan === undefined || !plans?.has(plan))
    .map((one) => ({ path: one.path, ...file.locate(one.path), message: messageOf(one) }));
}

/** Things of one kind that are missing. */
interface Missing {
  readonly kind: ExternalReference['kind'];
  readonly plan: string | undefined;
  /** The first place that names one. */
  readonly path: string;
  readonly keys: Set<string>;
  /** How many places name one. */
  readonly places: number;
}

function messageOf({ keys, kind, places, plan }: Missing): string {
  const whose = plan === undefined ? '' : ` in the plan ${plan}`;
  const named = [...keys].slice(0, mostNamed).join(', ');
  const others = keys.size > mostNamed ? ` and ${keys.size - mostNamed} more` : '';
  const where = places > 1 ? `, named in ${places} places` : '';
  return `there is no ${kind} ${named}${others}${whose}${where}, neither in the file nor recorded; load the file that defines ${keys.size > 1 ? 'them' : 'it'} first`;
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
