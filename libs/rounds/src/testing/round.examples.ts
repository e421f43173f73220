import type { AdoptedPlan } from '#planning';
import { currentRule } from '../round/current-rule.js';
import { recordable } from '../round/missing-list.js';
import type { Lacking } from '../round/missing-list.js';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import type { RoundAmended, RoundEvent } from '../round/round.events.js';
import type { BodyStanding } from '../round/standing.js';

const id = (last: number): string => `018f0000-0000-7000-8000-${String(last).padStart(12, '0')}`;

export const ids = {
  round: id(1),
  plan: id(2),
  owner: id(3),
  body: id(4),
  item: id(5),
  otherItem: id(6),
  snapshot: id(7),
  scale: id(8),
};

/** The round of April as it is opened. */
export const april = {
  planId: ids.plan,
  key: 'april-2025',
  kind: 'april',
  label: 'Delårsuppföljning april 2025',
  year: 2025,
  referenceDate: '2025-03-31',
  deadline: '2025-04-30',
  scope: ['uppdrag'],
  othersMayContribute: true,
};

/** A plan with one occasion in its calendar: the round of April. */
export const plan = {
  status: 'adopted',
  owner: { bodyId: ids.owner, role: 'Ekonomidirektör' },
  scale: { scaleId: ids.scale, version: 1 },
  kinds: ['fokusmal', 'uppdrag'].map((code, order) => ({ code, label: code, plural: code, order, parents: [] })),
  calendar: [
    {
      kind: 'april',
      label: april.label,
      year: 2025,
      referenceDate: april.referenceDate,
      deadline: april.deadline,
      scope: april.scope,
      meeting: 'April',
    },
  ],
} as unknown as AdoptedPlan;

/** The owner, which lacks two items, and a body that lacks nothing. */
export const standing: readonly BodyStanding[] = [
  {
    bodyId: ids.owner,
    name: 'Kommunstyrelsen',
    missing: [
      { itemId: ids.item, label: 'Uppdrag 7' },
      { itemId: ids.otherItem, label: 'Uppdrag 10' },
    ],
  },
  { bodyId: ids.body, name: 'Kulturnämnden', missing: [] },
];

const subject = { roundId: ids.round, planId: ids.plan };
export const sha256 = 'a'.repeat(64);

export const planned = (schedule: object = {}): RoundEvent => ({
  type: 'RoundPlanned',
  data: { roundId: ids.round, ...april, schedule: { remindsOn: [], ...schedule } },
});
export const opened: RoundEvent = { type: 'RoundOpened', data: { roundId: ids.round, ...april } };
export const amended = (data: Omit<RoundAmended['data'], 'roundId' | 'planId' | 'reason'>): RoundEvent => ({
  type: 'RoundAmended',
  data: { ...subject, ...data, reason: 'Nämnderna sammanträder senare' },
});
export const cancelled: RoundEvent = { type: 'RoundCancelled', data: { ...subject, reason: 'Fel dag' } };
export const extended = (bodyId: string, deadline = '2025-05-07'): RoundEvent => ({
  type: 'BodyDeadlineExtended',
  data: { ...subject, bodyId, deadline, reason: 'Sammanträder i maj' },
});
export const extensionRecalled = (bodyId: string): RoundEvent => ({
  type: 'BodyExtensionRecalled',
  data: { ...subject, bodyId, reason: 'Fel nämnd' },
});
export const reported = (bodyId: string, comment?: string): RoundEvent => ({
  type: 'BodyReported',
  data: { ...subject, bodyId, ...(comment && { comment }) },
});
export const recalled = (bodyId: string): RoundEvent => ({
  type: 'BodyReportRecalled',
  data: { ...subject, bodyId, reason: 'Ett uppdrag återstår' },
});
export const reminded = (...missing: Lacking[]): RoundEvent => ({
  type: 'RoundReminded',
  data: { ...subject, ...recordable(missing).told },
});
/** @param missing a short list */
export const frozen = ({ missing = [], ...data }: { missing?: Lacking[]; override?: string } = {}): RoundEvent => ({
  type: 'RoundFrozen',
  data: { ...subject, issue: 1, rule: currentRule, ...recordable(missing).told, ...data },
});
export const reissued = (issue = 2): RoundEvent => ({
  type: 'SnapshotReissued',
  data: { ...subject, issue, rule: currentRule, replaces: issue - 1, reason: 'Rättad bedömning' },
});
export const recorded = (data: object = {}): RoundEvent => ({
  type: 'SnapshotRecorded',
  data: { ...subject, snapshotId: ids.snapshot, issue: 1, rule: currentRule, sha256, bytes: 100, ...data },
});
export const decided = (issue = 1): RoundEvent => ({ type: 'RoundDecided', data: { ...subject, issue } });

/** The document of the open round of April. */
export const roundDocument = (data: Partial<RoundDocument> = {}): RoundDocument => ({
  _id: ids.round,
  tenant: 'uppsala',
  ...april,
  status: 'open',
  ready: [],
  reminders: 0,
  issues: [],
  revision: 0,
  ...data,
});
