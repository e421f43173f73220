import { Inject, Injectable } from '@nestjs/common';
import { overlaps } from '#kernel';
import type { Period } from '#kernel';
import { ReadModels } from '#projecting';
import { stands } from '../../../told.js';
import { nameOn } from '../../body.js';
import { bodyDirectory } from './body-directory.projection.js';

export interface CalledBody {
  readonly bodyId: string;
  readonly name: string;
}

@Injectable()
export class BodyDirectoryReader {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  /** Which bodies does an alias mean, at some time in a period? */
  async called(tenant: string, alias: string, period: Period): Promise<readonly CalledBody[]> {
    const bodies = await this.readModels.find(bodyDirectory, { tenant, called: alias });
    return bodies
      .filter(({ aliases }) =>
        aliases.some((known) => known.alias === alias && stands(known) && overlaps(known, period)),
      )
      .map((body) => ({ bodyId: body._id, name: nameOn(body, {}) }));
  }
}
