import type { CommandRequest } from '../requests/command-request.js';
import { IntegerField } from '../schema/fields.js';

/** So many commands are taken in one request. */
export const mostRows = 1_000;

/** What every row says beside what its command says alone. */
export interface RowFields extends CommandRequest {
  /** What If-Match is for a command alone. */
  expectedRevision?: number;
}

/** A command in bulk: the request that it is alone, and what its path and headers say there. */
export function RowOf<Base extends new () => CommandRequest>(base: Base) {
  class RowBase extends (base as new () => CommandRequest) {
    @IntegerField({
      description: 'The revision that its caller has seen; where another came between, the row is refused with 412',
      min: 0,
      example: 3,
      optional: true,
    })
    expectedRevision?: number;
  }
  return RowBase as new () => InstanceType<Base> & RowFields;
}
