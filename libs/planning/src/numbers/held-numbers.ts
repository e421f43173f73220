import { Inject, Injectable } from '@nestjs/common';
import { ReadModels } from '#projecting';
import { storeFilter } from '../item/read-models/item-status/item-filter.js';
import { itemStatus } from '../item/read-models/item-status/item-status.projection.js';
import type { TakenNumber } from './taken-numbers.js';

/** Tells who has a number though nobody claimed it: long ago, numbers were given without a claim. */
@Injectable()
export class HeldNumbers {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  /** The items that documents tell to have it; what they have by now their streams tell. */
  async holdersOf(tenant: string, { kind, number, planId }: TakenNumber): Promise<string[]> {
    if (number === undefined) return [];
    const found = await this.readModels.find(itemStatus, { tenant, planId, ...storeFilter({ kind, number }) });
    return found.map(({ _id }) => _id);
  }
}
