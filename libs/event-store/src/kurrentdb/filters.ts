import { streamNameFilter } from '@kurrent/kurrentdb-client';
import type { Filter } from '@kurrent/kurrentdb-client';

/**
 * What the server shall send: the streams of one tenant, or those of all tenants. The server's own streams, whose names
 * begin with `$`, are no part of the log.
 */
export const streamsOf = (tenant: string | undefined): Filter =>
  tenant === undefined ? streamNameFilter({ regex: '^[^$]' }) : streamNameFilter({ prefixes: [`${tenant}.`] });
