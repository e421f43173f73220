import { byId, Names } from '#planning';
import type { Named, NameDocuments } from '#planning';
import type { MomentOfDay, ReadModels } from '#projecting';
import { roundDirectory } from '#rounds';
import type { RoundDocument } from '#rounds';

/** What is to be called by its name, by ids. */
export interface Asked extends Named {
  readonly rounds?: Iterable<string>;
}

/** What some things are called at a moment: bodies, groups, levels and rounds of one tenant. Only what was asked for is known. */
export class Directory extends Names {
  readonly #rounds: ReadonlyMap<string, RoundDocument>;

  private constructor(moment: MomentOfDay, documents: NameDocuments, rounds: readonly RoundDocument[]) {
    super(moment, documents);
    this.#rounds = byId(rounds);
  }

  static override async of(
    readModels: ReadModels,
    tenant: string,
    moment: MomentOfDay,
    { rounds = [], ...named }: Asked,
  ): Promise<Directory> {
    const [documents, found] = await Promise.all([
      Names.documents(readModels, tenant, moment, named),
      readModels.getMany(roundDirectory, [...new Set(rounds)]),
    ]);
    return new Directory(
      moment,
      documents,
      found.filter((round) => round.tenant === tenant),
    );
  }

  round(id: string): RoundDocument | undefined {
    return this.#rounds.get(id);
  }
}
