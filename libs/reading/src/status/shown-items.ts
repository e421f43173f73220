import { Inject, Injectable } from '@nestjs/common';
import { ItemReader, namedBy } from '#planning';
import type { ListedItem, PlanDocument, StandingItem } from '#planning';
import { ReadModels } from '#projecting';
import type { Moment } from '#projecting';
import { Directory } from '../directory.js';
import { itemView, levelBefore } from './item.view.js';
import type { ItemView } from './item.view.js';

/** Puts together what a reader is shown of items: looks up the names of what is shown, and of nothing else. */
@Injectable()
export class ShownItems {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
  ) {}

  /** The views of items as they stand at a moment. @param standing of one plan */
  async views(standing: readonly StandingItem[], plan: PlanDocument, moment: Moment): Promise<ItemView[]> {
    const { tenant } = plan;
    const parents = await this.reader.parentsOf(standing, moment);
    const directoryOf = (items: readonly StandingItem[]) =>
      Directory.of(this.readModels, tenant, moment, namedBy(items));
    const directory = await directoryOf(standing);
    const short = standing.filter((item) => lacksEarlier(item, directory));
    if (short.length === 0) return standing.map((item) => itemView(item, plan, directory, parents));
    // An earlier round lies so far back that only all that was ever said tells of it.
    const whole = new Map((await this.reader.standingByAll(short, moment)).map((item) => [item._id, item]));
    const told = standing.map((item) => whole.get(item._id) ?? item);
    const wider = await directoryOf(told);
    return told.map((item) => itemView(item, plan, wider, parents));
  }

  /** The views of listed items. */
  async viewsOf(items: readonly ListedItem[], plan: PlanDocument, moment: Moment): Promise<ItemView[]> {
    return this.views(await this.reader.standing(items, moment), plan, moment);
  }
}

const lacksEarlier = ({ status }: StandingItem, directory: Directory): boolean =>
  status !== null && status.hasEarlier && levelBefore(status, directory) === undefined;
