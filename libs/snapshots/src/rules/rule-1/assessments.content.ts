import { addTo, dayInSweden, swedishSortKey } from '#kernel';
import type { AssessmentContent, Said, Trend, WithdrawnAssessment } from '../../format/snapshot.js';
import { byText } from './fact.js';
import type { Frame } from './frame.js';
import type { AssessmentStory, ItemStory } from './log.js';

/** What was said of an item in the round. */
export interface InRound {
  readonly status: AssessmentContent | null;
  readonly previously?: Said | undefined;
  readonly trend: Trend | null;
  readonly contributions: readonly AssessmentContent[];
  readonly withdrawn: readonly WithdrawnAssessment[];
}

export function inRound(story: ItemStory, frame: Frame): InRound {
  const { names, round } = frame;
  const made = [...story.assessments.values()].filter((one) => one.made.data.roundId === round.roundId);
  const ofBodies = new Map<string, AssessmentStory[]>();
  for (const one of made) addTo(ofBodies, one.made.data.bodyId, one);
  const standing = [...ofBodies.values()]
    .flatMap((ofBody) => standingOf(ofBody, frame) ?? [])
    .sort((left, right) => left.story.made.sequence - right.story.made.sequence);
  const ofOwner = (one: AssessmentStory): boolean => one.made.data.capacity === 'owner';
  // Where the plan changed owner in the midst of a round, the newest one's word stands.
  const owners = standing.findLast(({ story: one }) => ofOwner(one));
  const before = owners ? undefined : previouslySaid(made.filter(ofOwner), frame);
  return {
    status: owners?.content ?? null,
    previously: before ?? undefined,
    trend: owners ? trendOf(owners.story, story, frame) : null,
    contributions: standing
      .filter((one) => one !== owners)
      .map(({ content }) => content)
      .sort(
        byText(
          ({ body }) => swedishSortKey(body.name),
          ({ body }) => body.bodyId,
        ),
      ),
    withdrawn: made.flatMap((one) => {
      if (!one.withdrawn) return [];
      const { data, recordedAt } = one.withdrawn;
      const body = names.body(data.bodyId);
      const { assessmentId, reason } = data;
      return [{ assessmentId, body, ...said(one, frame), reason, recordedAt, late: frame.isLate(one.withdrawn) }];
    }),
  };
}

/** Whether a body has a standing assessment of an item in the round. */
export const hasAssessed = (story: ItemStory, bodyId: string, roundId: string): boolean =>
  [...story.assessments.values()].some(
    ({ made, withdrawn }) => made.data.roundId === roundId && made.data.bodyId === bodyId && !withdrawn,
  );

/** What a body says last in the round; undefined where it has withdrawn everything. */
function standingOf(ofBody: readonly AssessmentStory[], frame: Frame) {
  const standing = ofBody.filter(({ withdrawn }) => !withdrawn);
  const story = standing.at(-1);
  if (!story) return undefined;
  const { data, actor, recordedAt } = story.made;
  const now = said(story, frame);
  const before = previouslySaid(ofBody, frame);
  const content: AssessmentContent = {
    assessmentId: data.assessmentId,
    body: frame.names.body(data.bodyId),
    by: frame.names.by(actor),
    ...now,
    recordedAt,
    afterDeadline: afterDeadline(recordedAt, frame),
    late: frame.isLate(story.corrections.at(-1) ?? story.made),
    corrections: correctionsOf(story, frame),
    replaced: standing.slice(0, -1).map((earlier) => ({
      assessmentId: earlier.made.data.assessmentId,
      ...said(earlier, frame),
      recordedAt: earlier.made.recordedAt,
    })),
    previously: before === undefined || sameSaid(before, now) ? undefined : before,
  };
  return { story, content };
}

export const afterDeadline = (recordedAt: string, { round }: Frame): true | undefined =>
  dayInSweden(new Date(recordedAt)) > round.deadline || undefined;

/**
 * What a body said in the issue that is replaced: null where it said nothing.
 * @returns undefined where the issue replaces none
 */
function previouslySaid(ofBody: readonly AssessmentStory[], frame: Frame): Said | null | undefined {
  const end = frame.replacedAt;
  if (end === undefined) return undefined;
  const then = ofBody.findLast(
    ({ made, withdrawn }) => made.sequence < end && !(withdrawn && withdrawn.sequence < end),
  );
  return then ? said(then, frame, end) : null;
}

/** What an assessment says with the corrections before a place in the log; with all of them where none is given. */
function said({ corrections, made }: AssessmentStory, { names }: Frame, end = Infinity): Said {
  const { evidence, level, motivation } = (corrections.findLast(({ sequence }) => sequence < end) ?? made).data;
  return { level: names.level(level, made.data.scale), motivation, evidence: names.evidence(evidence) };
}

function correctionsOf(story: AssessmentStory, frame: Frame): AssessmentContent['corrections'] {
  return story.corrections.map((correction) => ({
    before: said(story, frame, correction.sequence),
    after: said(story, frame, correction.sequence + 1),
    reason: correction.data.reason,
    by: frame.names.by(correction.actor),
    recordedAt: correction.recordedAt,
    late: frame.isLate(correction),
  }));
}

const sameSaid = (left: Said | null, right: Said): boolean => JSON.stringify(left) === JSON.stringify(right);

/** The level against the owner's last one of an earlier round. Levels of other scales are not compared. */
function trendOf(story: AssessmentStory, item: ItemStory, { names, round }: Frame): Trend {
  let best: { day: string; story: AssessmentStory } | undefined;
  for (const other of item.assessments.values()) {
    const { capacity, roundId } = other.made.data;
    const day = names.round(roundId)?.referenceDate;
    if (capacity !== 'owner' || other.withdrawn || day === undefined || day >= round.referenceDate) continue;
    if (!best || day >= best.day) best = { day, story: other };
  }
  if (!best) return { direction: 'first', against: null };
  const levelOf = ({ corrections, made }: AssessmentStory) =>
    names.level((corrections.at(-1) ?? made).data.level, made.data.scale);
  const [now, then] = [levelOf(story), levelOf(best.story)];
  const against = { round: names.round(best.story.made.data.roundId)!, level: then };
  const [ours, theirs] = [story.made.data.scale, best.story.made.data.scale];
  if (ours.scaleId !== theirs.scaleId || ours.version !== theirs.version) {
    return { direction: 'not-comparable', against };
  }
  return { direction: now.rank === then.rank ? 'unchanged' : now.rank < then.rank ? 'better' : 'worse', against };
}
