import type { ExternalReference, PlanFile, PlanFileFault } from '#plan-files';
import { say, streamName, term } from '#kernel';
import type { Said, StoredEvent } from '#kernel';
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
    .map((one) => ({ path: one.path, ...file.locate(one.path), said: saidOf(one) }));
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

function saidOf({ keys, kind, places, plan }: Missing): Said {
  const named = [...keys].slice(0, mostNamed);
  return isMissing({
    kind: kinds[kind],
    named,
    others: keys.size > mostNamed ? andMore({ count: keys.size - mostNamed }) : '',
    whose: plan === undefined ? '' : inThePlan({ plan }),
    where: places > 1 ? namedInPlaces({ places }) : '',
    those: keys.size > 1 ? them : it,
  });
}

const isMissing = say(
  'there is no {kind} {named}{others}{whose}{where}, neither in the file nor recorded; load the file that defines {those} first',
  'finns varken i filen eller registrerat: {kind} {named}{others}{whose}{where}; läs först in filen som har {those}',
  'not-recorded',
);
const andMore = say(' and {count} more', ' och {count} till');
const inThePlan = say(' in the plan {plan}', ' i planen {plan}');
const namedInPlaces = say(', named in {places} places', ', på {places} ställen');
const it = term('one', 'it', 'det');
const them = term('several', 'them', 'dem');

const kinds: Readonly<Record<ExternalReference['kind'], Said>> = {
  body: term('body', 'body', 'nämnden eller bolaget'),
  group: term('group', 'group', 'gruppen'),
  scale: term('scale', 'scale', 'skalan'),
  plan: term('plan', 'plan', 'planen'),
  round: term('round', 'round', 'uppföljningen'),
  item: term('item', 'item', 'uppdraget'),
  indicator: term('indicator', 'indicator', 'indikatorn'),
};

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
