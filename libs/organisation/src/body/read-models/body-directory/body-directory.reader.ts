import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { overlaps } from '#kernel';
import type { Period } from '#kernel';
import { ReadModels } from '#projecting';
import { bodyDirectory } from './body-directory.projection.js';

export interface CalledBody {
  readonly bodyId: string;
  readonly name: string;
}

/** Which bodies does an alias mean, at some time in a period? */
export class BodyCalledQuery extends Query<readonly CalledBody[]> {
  constructor(
    readonly tenant: string,
    readonly alias: string,
    readonly period: Period,
  ) {
    super();
  }
}

@QueryHandler(BodyCalledQuery)
export class BodyCalledHandler implements IQueryHandler<BodyCalledQuery> {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  async execute({ alias, period, tenant }: BodyCalledQuery): Promise<readonly CalledBody[]> {
    const bodies = await this.readModels.find(bodyDirectory, { tenant, called: alias });
    return bodies
      .filter(({ aliases }) => aliases.some((known) => known.alias === alias && overlaps(known, period)))
      .map(({ _id, names }) => ({ bodyId: _id, name: names.at(-1)!.value }));
  }
}
