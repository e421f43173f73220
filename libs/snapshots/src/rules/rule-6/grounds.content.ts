import type { Inference, Provenance } from '#kernel';
import type { ItemContent, ProvenanceContent, RevisionContent, Succession } from '../../format/snapshot.js';
import { sortedByText } from '../rule-1/fact.js';
import { Content } from '../rule-5/provenance.content.js';
import type { ToldOn } from '../rule-5/provenance.content.js';
import type { PlanOrigin, Provenances } from '../rule-5/provenances.js';
import type { Particulars } from './particulars.js';

type GroundsContent = Pick<ProvenanceContent, 'inferred' | 'retold' | 'note'>;

/** An event, and the properties that still are as it said. */
interface Standing {
  readonly from: Provenance;
  /** Of those that it spoke of, which have been said otherwise since. */
  readonly isGone: (property: string) => boolean;
}

/** Tells also what no document states, what is retold, and remarks. */
export class Grounds extends Content {
  constructor(
    provenances: Provenances,
    on: ToldOn,
    private readonly particulars: Particulars,
  ) {
    super(provenances, on);
  }

  override get isNeeded(): boolean {
    return true;
  }

  override of(origin: Provenance = {}): ProvenanceContent {
    const { inferred, note, retold } = origin;
    return { ...super.of(origin), inferred, retold, note };
  }

  override item(item: ItemContent): ItemContent {
    const { itemId } = item;
    const properties = this.propertiesOf(itemId);
    const [lifecycle, hold] = [properties.get('lifecycle'), properties.get('hold')];
    // How it goes on says itself where that comes from; an adoption begins it, and says what it is.
    const steps = new Set([...properties.values()].filter((step) => step.kind === 'adopted' || step !== lifecycle));
    if (hold) steps.delete(hold);
    const stands = sortedByText(
      [...steps],
      ({ recordedAt }) => recordedAt,
      ({ effectiveOn }) => effectiveOn,
    ).map((from): Standing => {
      const isGone = (name: string): boolean =>
        from.properties.some((property) => property === name && properties.get(property) !== from);
      return { from, isGone };
    });
    const told = super.item(item);
    return {
      ...told,
      ...groundsOf(stands),
      // What an adoption rests on is told of what it is, and not again of its going on.
      lifecycle: lifecycle?.kind === 'adopted' ? { ...told.lifecycle, ...groundsOf([]) } : told.lifecycle,
      ...this.particulars.of(itemId, this.on.body),
    };
  }

  override revision(revision: RevisionContent): RevisionContent {
    const told = super.revision(revision);
    if (!told.successor) return told;
    const { inferredFrom, note, retold } = told.successor;
    return { ...told, inferred: inferredFrom, retold, note };
  }

  override succession(succession: Succession, itemId: string, successorId: string): Succession {
    const found = this.linkOf(succession, itemId, successorId);
    const { inferred, ...whence } = this.of(found);
    return { ...succession, ...whence, inferredFrom: inferred, printedLabel: found?.printedLabel };
  }

  override plan(planId: string): ProvenanceContent {
    const said = (this.provenances.plans.get(planId) ?? []).filter(
      ({ effectiveOn }, index) => index === 0 || effectiveOn <= this.on.referenceDate,
    );
    const stands = said.map((from, index): Standing => {
      const later = said.slice(index + 1).filter((one) => isAfter(one, from));
      return { from, isGone: (name) => later.some(({ properties }) => properties.includes(name)) };
    });
    return { ...super.plan(planId), ...groundsOf(stands) };
  }
}

/** Amendments come after the adoption, and after one another by their days. */
const isAfter = (one: PlanOrigin, other: PlanOrigin): boolean => one.effectiveOn >= other.effectiveOn;

/** What stands of the grounds of several events: what was inferred or retold of what has been said otherwise since is left out. */
function groundsOf(stands: readonly Standing[]): GroundsContent {
  const inferred = stands.flatMap(({ from, isGone }) =>
    (from.inferred ?? []).filter(({ fact }: Inference) => fact === undefined || !isGone(nameOf(fact))),
  );
  const retold = stands.flatMap(({ from, isGone }) => (from.retold ?? []).filter((fact) => !isGone(nameOf(fact))));
  const notes = stands.flatMap(({ from }) => from.note ?? []);
  return {
    inferred: inferred.length > 0 ? inferred : undefined,
    retold: retold.length > 0 ? [...new Set(retold)] : undefined,
    note: notes.length > 0 ? [...new Set(notes)].join('\n') : undefined,
  };
}

/** The property that a fact is of: `validity` of `validity.from`. */
const nameOf = (fact: string): string => fact.split('.')[0]!;
