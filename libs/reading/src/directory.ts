import { byId, Names } from '#planning';
import type { NameDocuments } from '#planning';
import type { Moment, ReadModels } from '#projecting';
import { roundDirectory } from '#rounds';
import type { RoundDocument } from '#rounds';

/** What things are called at a moment: bodies, groups, levels and rounds of one tenant. */
export class Directory extends Names {
  readonly #rounds: ReadonlyMap<string, RoundDocument>;

  private constructor(moment: Moment, documents: NameDocuments, rounds: readonly RoundDocument[]) {
    super(moment, documents);
    this.#rounds = byId(rounds);
  }

  static override async of(readModels: ReadModels, tenant: string, moment: Moment): Promise<Directory> {
    const [documents, rounds] = await Promise.all([
      Names.documents(readModels, tenant),
      readModels.find(roundDirectory, { tenant }, { sort: { referenceDate: 1 } }),
    ]);
    return new Directory(moment, documents, rounds);
  }

  round(id: string): RoundDocument | undefined {
    return this.#rounds.get(id);
  }
}
