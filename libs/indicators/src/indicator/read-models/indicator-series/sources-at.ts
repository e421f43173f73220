import { streamName } from '#kernel';
import { seesAll } from '#projecting';
import type { Moment, ReadModels, Replay } from '#projecting';
import { sourceIdsOf } from './computed.js';
import type { Sources } from './computed.js';
import { indicatorSeries } from './indicator-series.projection.js';
import type { IndicatorDocument } from './indicator-series.projection.js';

/**
 * What indicators are derived from, as it was at a moment.
 * @returns by id, those that stood then
 */
export async function sourcesAt(
  derived: readonly IndicatorDocument[],
  { readModels, replay }: { readonly readModels: ReadModels; readonly replay: Replay },
  { moment, tenant }: { readonly moment: Moment; readonly tenant: string },
): Promise<Sources> {
  const ids = [...new Set(derived.flatMap(sourceIdsOf))];
  if (ids.length === 0) return new Map();
  const documents = new Map((await readModels.getMany(indicatorSeries, ids)).map((found) => [found._id, found]));
  const sources = new Map<string, IndicatorDocument>();
  for (const id of ids) {
    const document = documents.get(id);
    const source =
      document && seesAll(moment, document)
        ? document
        : await replay.document(indicatorSeries, streamName(tenant, 'indicator', id), moment);
    if (source?.tenant === tenant && source.status === 'defined') sources.set(id, source);
  }
  return sources;
}
