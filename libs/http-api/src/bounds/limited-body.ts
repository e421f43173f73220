import { withRouteTraits } from '../requests/route-traits.js';
import type { BodyLimits } from './body-limits.js';

/** Says how much a route takes of a body, where that is not what every route takes. */
export const LimitedBody = (limits: Partial<BodyLimits>) => withRouteTraits({ limits });
