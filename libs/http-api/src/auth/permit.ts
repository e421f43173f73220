import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { Role } from '#kernel';
import { withRouteTraits } from '../requests/route-traits.js';

export const PERMITTED_ROLES = Symbol('permitted roles');
export const OPEN_ROUTE = Symbol('open route');

/** The roles that a route is for. Without it, any token will do. */
export const Permit = (...roles: readonly Role[]) => SetMetadata(PERMITTED_ROLES, roles);

/** A route that needs no token, or a controller of such routes. */
export const Open = () => applyDecorators(SetMetadata(OPEN_ROUTE, true), withRouteTraits({ open: true }));
