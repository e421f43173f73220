import {
  abbreviationOn,
  bodyDirectory,
  dissolutionOf,
  groupDirectory,
  groupNameOf,
  kindOf,
  membersOn,
  nameOn,
} from '#organisation';
import type { BodyDocument, GroupDocument } from '#organisation';
import type { MomentOfDay, ReadModels } from '#projecting';
import { scaleDirectory } from '../scale/read-models/scale-directory/scale-directory.projection.js';
import type { ScaleDocument } from '../scale/read-models/scale-directory/scale-directory.projection.js';
import type { Level } from '../scale/scale.events.js';

export interface NamedBody {
  readonly id: string;
  readonly name: string;
  readonly abbreviation?: string;
}

/** What is to be called by its name, by ids. */
export interface Named {
  readonly bodies?: Iterable<string>;
  /** With their members. */
  readonly groups?: Iterable<string>;
  readonly scales?: Iterable<string>;
}

/** The documents that names are told from. */
export interface NameDocuments {
  readonly bodies: readonly BodyDocument[];
  readonly groups: readonly GroupDocument[];
  readonly scales: readonly ScaleDocument[];
}

export const byId = <D extends { readonly _id: string }>(documents: readonly D[]): ReadonlyMap<string, D> =>
  new Map(documents.map((document) => [document._id, document]));

/** What some bodies, groups and levels of one tenant are called at a moment. Only what was asked for is known. */
export class Names {
  readonly #bodies: ReadonlyMap<string, BodyDocument>;
  readonly #groups: ReadonlyMap<string, GroupDocument>;
  readonly #scales: ReadonlyMap<string, ScaleDocument>;
  readonly #members = new Map<string, readonly NamedBody[]>();

  protected constructor(
    private readonly moment: MomentOfDay,
    { bodies, groups, scales }: NameDocuments,
  ) {
    this.#bodies = byId(bodies);
    this.#groups = byId(groups);
    this.#scales = byId(scales);
  }

  static async of(readModels: ReadModels, tenant: string, moment: MomentOfDay, named: Named): Promise<Names> {
    return new Names(moment, await Names.documents(readModels, tenant, moment, named));
  }

  protected static async documents(
    readModels: ReadModels,
    tenant: string,
    moment: MomentOfDay,
    { bodies = [], groups = [], scales = [] }: Named,
  ): Promise<NameDocuments> {
    const own = <D extends { readonly tenant: string }>(found: readonly D[]) =>
      found.filter((document) => document.tenant === tenant);
    const [foundGroups, foundScales] = await Promise.all([
      readModels.getMany(groupDirectory, [...new Set(groups)]),
      readModels.getMany(scaleDirectory, [...new Set(scales)]),
    ]);
    const members = own(foundGroups).flatMap(({ memberships }) => membersAt(memberships, moment));
    const foundBodies = await readModels.getMany(bodyDirectory, [...new Set([...bodies, ...members])]);
    return { bodies: own(foundBodies), groups: own(foundGroups), scales: own(foundScales) };
  }

  /** A body by the name that it had; one that is not known is called by its id. */
  body(id: string): NamedBody {
    const body = this.#bodies.get(id);
    if (!body) return { id, name: id };
    const abbreviation = abbreviationOn(body, this.moment);
    return { id, name: nameOn(body, this.moment), ...(abbreviation && { abbreviation }) };
  }

  /** Whether a body had been dissolved by the day. */
  isDissolved(id: string): boolean {
    const body = this.#bodies.get(id);
    const since = body && dissolutionOf(body, this.moment)?.since;
    return since !== undefined && since <= this.day;
  }

  /** Whether a body is the council (fullmäktige). */
  isCouncil(id: string): boolean {
    const body = this.#bodies.get(id);
    return body !== undefined && kindOf(body, this.moment) === 'council';
  }

  groupName(id: string): string {
    const group = this.#groups.get(id);
    return group ? groupNameOf(group, this.moment) : id;
  }

  /** The bodies that belonged to a group: many items concern the same one. */
  members(groupId: string): readonly NamedBody[] {
    let members = this.#members.get(groupId);
    if (!members) {
      const memberships = this.#groups.get(groupId)?.memberships ?? [];
      members = membersAt(memberships, this.moment).map((id) => this.body(id));
      this.#members.set(groupId, members);
    }
    return members;
  }

  /** The levels of a version of a scale, best first. */
  levels({ scaleId, version }: { readonly scaleId: string; readonly version: number }): readonly Level[] {
    return this.#scales.get(scaleId)?.versions.find((known) => known.version === version)?.levels ?? [];
  }

  /**
   * What a level is called.
   * @param scale the version that it is of; where that is not known, the newest that has such a level
   */
  levelLabel(code: string, scale?: { readonly scaleId: string; readonly version: number }): string {
    const levels = scale
      ? this.levels(scale)
      : [...this.#scales.values()].flatMap(({ versions }) => versions.toReversed().flatMap((one) => one.levels));
    return levels.find((level) => level.code === code)?.label ?? code;
  }

  /** The day that it speaks of. */
  get day(): string {
    return this.moment.asOf;
  }
}

const membersAt = (memberships: GroupDocument['memberships'], moment: MomentOfDay): readonly string[] =>
  membersOn(memberships, moment.asOf, moment);
