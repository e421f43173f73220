import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import { retractableTypes } from '../item.events.js';
import type { RetractableType } from '../item.events.js';
import { checkNesting, ofAdopted, subjectOf } from '../item.rules.js';
import type { ParentFact } from '../item.rules.js';
import { checkDayOfRevision, needNewest } from '../revision.told.js';
import type { RevisionFact } from '../revision.told.js';
import type { ToldRetraction } from './retraction.told.js';

export type RetractItemRevision = DomainCommand<
  'RetractItemRevision',
  { retracts: string; reason: string },
  {
    readonly told: ToldRetraction | undefined;
    /** The items that it would lie under again. */
    readonly parents: readonly ParentFact[];
  }
>;

/**
 * What should never have been recorded of an item is taken back, with all corrections of it, also after the item's end: what
 * had held before it holds again, and what was said of later days stands.
 */
export const retract = ofAdopted<RetractItemRevision>((command, item) => {
  const { data, effectiveOn: day, facts } = command;
  const told = needNewest(facts.told, data.retracts);
  if (told.retractedBy !== undefined) return [];
  checkDayOfRevision(told.effectiveOn, day);
  const { resting, restores, revisions, successor, type } = told;
  if (!isRetractable(type)) throw notRetractable({ event: data.retracts, recorded: type });
  if (resting.length > 0) throw restedOn({ event: data.retracts, resting });
  checkNesting(command.id, facts.parents);
  const content = { retracted: type, revisions, restores, ...(successor && { successor }), reason: data.reason };
  return [{ type: 'ItemRevisionRetracted', data: { ...subjectOf(command, item), ...content } }];
});

const isRetractable = (type: RevisionFact['type']): type is RetractableType =>
  (retractableTypes as readonly string[]).includes(type);

const notRetractable = rule(
  'revision-retractable',
  '{event} is {recorded}, which is not taken back',
  '{event} är {recorded}, som inte kan tas tillbaka',
);
const restedOn = rule(
  'nothing-rests-on-it',
  '{resting} rests on {event}, and is to be taken back first',
  '{resting} bygger på {event} och ska tas tillbaka först',
);
