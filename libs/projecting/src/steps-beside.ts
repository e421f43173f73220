import type { Document } from '#document-store';
import { partId, partsOf } from './projection.js';
import type { Projection } from './projection.js';
import type { ReadModels } from './read-models.port.js';

/** A decision over many streams without its steps: these stand beside it, so that a list costs no more the more they are. */
export interface DecidedInSteps extends Document {
  readonly stepsInAll: number;
  /** How it ended, and how many steps could not be carried out; missing while it is under way. */
  readonly carriedOut?: { readonly at: string; readonly undone: number };
}

/** What such a decision asks for: `decision|steps`. Written once. */
export interface StepsDocument<Step> extends Document {
  readonly steps: readonly Step[];
}

/** What could not be carried out: `decision|undone`. Written once. */
export interface UndoneDocument<Undone> extends Document {
  readonly undone: readonly Undone[];
}

export interface StepsOfDecision<Step, Undone> {
  readonly steps: readonly Step[];
  /** Empty while it is under way. */
  readonly undone: readonly Undone[];
}

/** How an earlier version made such a document: it answers until others are made. */
interface WithSteps {
  readonly steps?: readonly unknown[];
  readonly carriedOut?: { readonly at: string; readonly undone: number | readonly unknown[] };
}

export const stepsDocument = <Step>(decisionId: string, steps: readonly Step[]): StepsDocument<Step> => ({
  _id: partId(decisionId, 'steps'),
  steps,
});

export const undoneDocument = <Undone>(decisionId: string, undone: readonly Undone[]): UndoneDocument<Undone> => ({
  _id: partId(decisionId, 'undone'),
  undone,
});

/** The same document without its steps, where it has them itself. */
export function withoutSteps<Decision extends DecidedInSteps>(decision: Decision): Decision {
  const { carriedOut, steps, ...told } = decision as Decision & WithSteps;
  if (!steps) return decision;
  const undone = (carriedOut?.undone ?? []) as readonly unknown[];
  const end = carriedOut && { carriedOut: { ...carriedOut, undone: undone.length } };
  return { ...told, stepsInAll: steps.length, ...end } as unknown as Decision;
}

/** The steps of a decision, which is there. */
export async function stepsBeside<Step, Undone>(
  readModels: ReadModels,
  projection: Pick<Projection, 'name' | 'version'>,
  decisionId: string,
): Promise<StepsOfDecision<Step, Undone>> {
  const ids = [decisionId, partId(decisionId, 'steps'), partId(decisionId, 'undone')];
  const found = await readModels.getMany<Document & Partial<StepsOfDecision<Step, Undone>> & WithSteps>(
    partsOf(projection),
    ids,
  );
  const undoneOfItself = found.map(({ carriedOut }) => carriedOut?.undone).find((undone) => Array.isArray(undone));
  return {
    steps: found.find(({ steps }) => steps)?.steps ?? [],
    undone: found.find(({ undone }) => undone)?.undone ?? (undoneOfItself as readonly Undone[] | undefined) ?? [],
  };
}
