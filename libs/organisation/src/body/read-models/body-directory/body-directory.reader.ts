import { Inject, Injectable } from '@nestjs/common';
import { overlaps } from '#kernel';
import type { Period } from '#kernel';
import { ReadModels } from '#projecting';
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
      .filter(({ aliases }) => aliases.some((known) => known.alias === alias && overlaps(known, period)))
      .map(({ _id, names }) => ({ bodyId: _id, name: names.at(-1)!.value }));
  }
}
