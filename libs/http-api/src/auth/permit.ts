import { SetMetadata } from '@nestjs/common';
import type { Role } from '#kernel';

export const PERMITTED_ROLES = Symbol('permitted roles');
export const OPEN_ROUTE = Symbol('open route');

/** The roles that a route is for. Without it, any token will do. */
export const Permit = (...roles: readonly Role[]) => SetMetadata(PERMITTED_ROLES, roles);

/** A route that needs no token. */
export const Open = () => SetMetadata(OPEN_ROUTE, true);
