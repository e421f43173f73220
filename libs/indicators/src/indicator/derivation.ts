import { rule } from '#kernel';
import type { Definition } from './definitions.js';
import type { Derivation } from './indicator.events.js';

/** An indicator, as far as derivations ask. */
export type Source =
  | { readonly status: 'undefined' }
  | { readonly status: 'cancelled'; readonly name: string }
  | { readonly status: 'defined'; readonly definition: Pick<Definition, 'name' | 'derived'> };

/** The sources of a derivation, what those are derived from, and so on: by their ids. */
export type SourcesKnown = ReadonlyMap<string, Source>;

/**
 * What is to be known of the sources of a derivation, and of theirs, as they are defined now.
 * @param need the state of an indicator
 * @throws what `need` throws, as where there is no such indicator
 */
export async function sourcesKnown(
  derived: Derivation | null | undefined,
  need: (id: string) => Promise<Source>,
): Promise<SourcesKnown | undefined> {
  if (!derived) return undefined;
  const known = new Map<string, Source>();
  const open = sourcesOf(derived);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (known.has(id)) continue;
    const source = await need(id);
    known.set(id, source);
    if (source.status === 'defined' && source.definition.derived) open.push(...sourcesOf(source.definition.derived));
  }
  return known;
}

/**
 * An indicator is derived from two others that stand, neither of which is derived from it in turn.
 * @param id of the indicator that is derived
 * @throws RuleViolation where it is not so
 */
export function checkDerivation(
  id: string,
  derived: Derivation | null | undefined,
  known: SourcesKnown | undefined,
): void {
  if (!derived) return;
  const { denominator, numerator } = derived;
  if (numerator === denominator) throw derivedOfOne();
  if (numerator === id || denominator === id) throw derivedFromItself();
  for (const source of [numerator, denominator]) {
    const state = known?.get(source);
    if (state?.status === 'cancelled') throw sourceCancelled({ source: state.name });
  }
  for (const state of known?.values() ?? []) {
    if (state.status !== 'defined' || !state.definition.derived) continue;
    if (sourcesOf(state.definition.derived).includes(id)) throw goesRound({ source: state.definition.name });
  }
}

const sourcesOf = ({ denominator, numerator }: Derivation): string[] => [numerator, denominator];

const derivedOfOne = rule(
  'derived-from-two',
  'The numerator and the denominator are the same indicator',
  'Täljaren och nämnaren är samma indikator',
);
const derivedFromItself = rule(
  'derived-from-others',
  'An indicator cannot be derived from itself',
  'En indikator kan inte härledas ur sig själv',
);
const sourceCancelled = rule(
  'derived-from-defined',
  '{source} was cancelled, so nothing is derived from it',
  '{source} har tagits tillbaka, så inget kan härledas ur den',
);
const goesRound = rule(
  'derived-in-no-circle',
  '{source} is itself derived from this indicator',
  '{source} härleds själv ur den här indikatorn',
);
