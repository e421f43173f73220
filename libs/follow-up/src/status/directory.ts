import { dayInSweden } from '#kernel';
import { abbreviationOn, bodyDirectory, groupDirectory, membersOn, nameOn } from '#organisation';
import type { BodyDocument, GroupDocument } from '#organisation';
import { scaleDirectory } from '#planning';
import type { Level, ScaleDocument } from '#planning';
import type { Moment, ReadModels } from '#projecting';
import { roundDirectory } from '../round/round.projection.js';
import type { RoundDocument } from '../round/round.projection.js';

export interface NamedBody {
  readonly id: string;
  readonly name: string;
  readonly abbreviation?: string;
}

const byId = <D extends { readonly _id: string }>(documents: readonly D[]) =>
  new Map(documents.map((document) => [document._id, document]));

/** What things are called at a moment: bodies, groups, levels and rounds of one tenant. */
export class Directory {
  private constructor(
    private readonly moment: Moment,
    private readonly bodies: ReadonlyMap<string, BodyDocument>,
    private readonly groups: ReadonlyMap<string, GroupDocument>,
    private readonly scales: ReadonlyMap<string, ScaleDocument>,
    private readonly roundsById: ReadonlyMap<string, RoundDocument>,
  ) {}

  static async of(readModels: ReadModels, tenant: string, moment: Moment): Promise<Directory> {
    const [bodies, groups, scales, rounds] = await Promise.all([
      readModels.find(bodyDirectory, { tenant }),
      readModels.find(groupDirectory, { tenant }),
      readModels.find(scaleDirectory, { tenant }),
      readModels.find(roundDirectory, { tenant }, { sort: { referenceDate: 1 } }),
    ]);
    return new Directory(moment, byId(bodies), byId(groups), byId(scales), byId(rounds));
  }

  /** A body by the name that it had; one that is not known is called by its id. */
  body(id: string): NamedBody {
    const body = this.bodies.get(id);
    if (!body) return { id, name: id };
    const abbreviation = abbreviationOn(body, this.moment);
    return { id, name: nameOn(body, this.moment), ...(abbreviation && { abbreviation }) };
  }

  /** Whether a body had been dissolved by the day. */
  isDissolved(id: string): boolean {
    const dissolved = this.bodies.get(id)?.dissolved;
    return dissolved !== undefined && dissolved.on <= this.day;
  }

  /** Whether a body is the council (fullmäktige). */
  isCouncil(id: string): boolean {
    return this.bodies.get(id)?.kind === 'council';
  }

  groupName(id: string): string {
    return this.groups.get(id)?.name ?? id;
  }

  /** The bodies that belonged to a group. */
  members(groupId: string): NamedBody[] {
    const memberships = this.groups.get(groupId)?.memberships ?? [];
    return membersOn(memberships, this.day, this.moment.knownAt).map((id) => this.body(id));
  }

  /** The levels of a version of a scale, best first. */
  levels({ scaleId, version }: { readonly scaleId: string; readonly version: number }): readonly Level[] {
    return this.scales.get(scaleId)?.versions.find((known) => known.version === version)?.levels ?? [];
  }

  round(id: string): RoundDocument | undefined {
    return this.roundsById.get(id);
  }

  /** The day that it speaks of. */
  get day(): string {
    return this.moment.asOf ?? dayInSweden(new Date());
  }
}
