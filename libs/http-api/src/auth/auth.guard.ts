import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Forbidden, say } from '#kernel';
import type { Role } from '#kernel';
import type { AuthenticatedRequest } from '../requests/request-context.js';
import { OPEN_ROUTE, PERMITTED_ROLES } from './permit.js';
import { Unauthenticated } from './token-verifier.js';

/** Lets a request through whose token, checked before the body was read, is for a role that the route is for. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.#declared(OPEN_ROUTE, context)) return true;
    const { principal } = context.switchToHttp().getRequest<Partial<AuthenticatedRequest>>();
    if (!principal) throw new Unauthenticated();
    const permitted = this.#declared<readonly Role[]>(PERMITTED_ROLES, context);
    const { role } = principal.actor;
    if (permitted && !permitted.includes(role)) {
      throw new Forbidden(otherRoles({ permitted, role }));
    }
    return true;
  }

  #declared<T>(key: symbol, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

const otherRoles = say(
  'This is for {permitted}, and the token is that of a {role}',
  'Detta är för {permitted}, och åtkomstbeviset har rollen {role}',
);
