import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '#deciding';
import { dayInSweden } from '#kernel';
import type { Clock } from '#kernel';
import type { MomentOfDay } from '#projecting';
import { momentOf } from './moment-query.js';
import type { MomentQuery } from './moment-query.js';

/** Of which moments questions are: of today, where they say no other day. */
@Injectable()
export class Moments {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** The day in Sweden: ISO day. */
  get today(): string {
    return dayInSweden(this.clock.now());
  }

  of(query: MomentQuery): MomentOfDay {
    return { asOf: this.today, ...momentOf(query) };
  }

  /** Whether a day is today or to come, so that what is to come after it is told. */
  isAhead({ asOf }: MomentOfDay): boolean {
    return asOf >= this.today;
  }
}
