import { Inject, Injectable } from '@nestjs/common';
import { Moments } from '#http-api';
import { ItemReader, LineageReader, namedBy } from '#planning';
import type { Coming, CountedItem, PlanDocument, StandingItem } from '#planning';
import { ReadModels } from '#projecting';
import type { MomentOfDay } from '#projecting';
import { Directory } from '../directory.js';
import { itemView, levelBefore } from './item.view.js';
import type { ItemView } from './item.view.js';

/** Puts together what a reader is shown of items: looks up the names of what is shown, and of nothing else. */
@Injectable()
export class ShownItems {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(LineageReader) private readonly lineage: LineageReader,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  /**
   * The views of items as they stand at a moment.
   * @param standing of one plan
   * @param coming what is to come of them, where that is told
   */
  async views(
    standing: readonly StandingItem[],
    plan: PlanDocument,
    moment: MomentOfDay,
    coming: ReadonlyMap<string, readonly Coming[]> = new Map(),
  ): Promise<ItemView[]> {
    const { tenant } = plan;
    const [parents, { answers, called, predecessors }] = await Promise.all([
      this.reader.parentsOf(standing, moment),
      this.#links(standing, tenant, moment),
    ]);
    const directoryOf = (items: readonly StandingItem[]) =>
      Directory.of(this.readModels, tenant, moment, namedBy(items));
    const directory = await directoryOf(standing);
    const view = (item: StandingItem, names: Directory) =>
      itemView(item, plan, names, {
        ...{ called, parents, predecessors: predecessors.filter(({ to }) => to === item._id) },
        answers: answers.filter(({ from }) => from === item._id),
        coming: coming.get(item._id) ?? [],
      });
    const short = standing.filter((item) => lacksEarlier(item, directory));
    if (short.length === 0) return standing.map((item) => view(item, directory));
    // An earlier round lies so far back that only all that was ever said tells of it.
    const whole = new Map((await this.reader.standingByAll(short, moment)).map((item) => [item._id, item]));
    const told = standing.map((item) => whole.get(item._id) ?? item);
    const wider = await directoryOf(told);
    return told.map((item) => view(item, wider));
  }

  /** What items succeed and answer, and what all those are called that they are linked to. */
  async #links(standing: readonly StandingItem[], tenant: string, moment: MomentOfDay) {
    const ids = standing.map(({ _id }) => _id);
    const [predecessors, answers] = await Promise.all([
      this.lineage.linksTo(tenant, ids, moment),
      this.lineage.answersFrom(tenant, ids, moment),
    ]);
    const others = [
      ...answers.map(({ to }) => to),
      ...predecessors.map(({ from }) => from),
      ...standing.flatMap(({ successors }) => successors.map(({ itemId }) => itemId)),
    ];
    return { answers, predecessors, called: await this.lineage.called(tenant, others, moment) };
  }

  /** The views of listed items; of today and of days to come, with what is to come after them. */
  async viewsOf(items: readonly CountedItem[], plan: PlanDocument, moment: MomentOfDay): Promise<ItemView[]> {
    const [standing, coming] = await Promise.all([
      this.reader.standing(items, moment),
      this.moments.isAhead(moment) ? this.reader.coming(items, moment) : new Map<string, readonly Coming[]>(),
    ]);
    return this.views(standing, plan, moment, coming);
  }
}

const lacksEarlier = ({ status }: StandingItem, directory: Directory): boolean =>
  status !== null && status.hasEarlier && levelBefore(status, directory) === undefined;
