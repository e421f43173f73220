import type { AssessmentContent, ItemContent, LevelContent, ScaleContent, Snapshot } from '../format/snapshot.js';

type Judgement = Pick<AssessmentContent, 'body' | 'level' | 'scale'>;
type Plan = Pick<Snapshot['plan'], 'scale'>;

/** How a contribution lies to what the owner of the plan and the other bodies say of the item in the round. */
interface Difference {
  readonly contribution: AssessmentContent;
  /** In words, to go on after the name of the body. */
  readonly words: string;
  /** False where levels are only not comparable. */
  readonly differs: boolean;
}

/** The contributions to an item that differ from the owner's assessment or from each other, or cannot be compared. */
export function differencesOf({ contributions, status }: ItemContent, plan: Plan): readonly Difference[] {
  return contributions.flatMap((contribution) => {
    const others = contributions.filter((one) => one !== contribution);
    const parts = [
      ...(status ? [withOwner(contribution, status, plan)] : []),
      ...withOthers(contribution, others, plan),
    ].filter((part) => part !== undefined);
    if (parts.length === 0) return [];
    const words = parts.map((part) => part.words).join(', ');
    return [{ contribution, words, differs: parts.some((part) => part.differs) }];
  });
}

/** Whether bodies give an item different levels of one version of a scale. */
export const isJudgedDifferently = (item: ItemContent, plan: Plan): boolean =>
  differencesOf(item, plan).some(({ differs }) => differs);

/** `Av 20 punkter som flera har bedömt bedöms 4 olika.`; undefined where at most one body has judged each. */
export function differencesInAll({ items, plan }: Snapshot): string | undefined {
  const judged = items.filter(({ contributions, status }) => contributions.length + (status ? 1 : 0) > 1);
  if (judged.length === 0) return undefined;
  const differing = judged.filter((item) => isJudgedDifferently(item, plan));
  const only = judged.filter((item) => !differing.includes(item) && differencesOf(item, plan).length > 0);
  const told = `Av ${judged.length} punkter som flera har bedömt bedöms ${differing.length} olika`;
  return only.length === 0
    ? `${told}.`
    : `${told}, och ${only.length} är bedömda på olika skalor och kan inte jämföras.`;
}

type Part = Pick<Difference, 'words' | 'differs'>;

function withOwner(one: Judgement, owner: Judgement, plan: Plan): Part | undefined {
  if (!areComparable(one, owner, plan)) {
    return { words: 'kan inte jämföras med ägarens bedömning, som är gjord på en annan skala', differs: false };
  }
  return isSame(one, owner) ? undefined : { words: 'skiljer sig från ägarens bedömning', differs: true };
}

/** So many bodies are named. */
const mostNamed = 3;

function withOthers(one: Judgement, others: readonly Judgement[], plan: Plan): Part[] {
  const comparable = others.filter((other) => areComparable(one, other, plan));
  const differing = comparable.filter((other) => !isSame(one, other));
  const apart = others.length - comparable.length;
  return [
    ...(differing.length === 0 ? [] : [{ words: `skiljer sig från ${namesOf(differing)}`, differs: true }]),
    ...(apart === 0 ? [] : [{ words: `kan inte jämföras med ${apart} till på en annan skala`, differs: false }]),
  ];
}

const namesOf = (judgements: readonly Judgement[]): string =>
  judgements.length > mostNamed
    ? `${judgements.length} andra nämnder eller bolag`
    : judgements.map(({ body }) => body.name).join(', ');

const isSame = (one: Judgement, other: Judgement): boolean => one.level.code === other.level.code;

function areComparable(one: Judgement, other: Judgement, plan: Plan): boolean {
  const [scale, otherScale] = [scaleOf(one, plan), scaleOf(other, plan)];
  return scale !== undefined && scale === otherScale;
}

/** Rules before 4 do not tell the scale of a level: one that the plan's scale does not have is of a version that is not known. */
function scaleOf({ level, scale }: Judgement, { scale: ofPlan }: Plan): string | undefined {
  const { scaleId, version } = scale ?? ofPlan;
  return scale || isOf(ofPlan, level) ? `${scaleId} ${version}` : undefined;
}

const isOf = ({ levels }: ScaleContent, level: LevelContent): boolean =>
  levels.some(({ code, label, rank }) => code === level.code && label === level.label && rank === level.rank);
