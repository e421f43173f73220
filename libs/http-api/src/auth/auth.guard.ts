import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Forbidden } from '#kernel';
import type { Role } from '#kernel';
import type { AuthenticatedRequest } from '../requests/request-context.js';
import { OPEN_ROUTE, PERMITTED_ROLES } from './permit.js';
import { TokenVerifier, Unauthenticated } from './token-verifier.js';

/** Lets a request through whose token holds, on a route that is for its role. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(TokenVerifier) private readonly verifier: TokenVerifier,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.#declared(OPEN_ROUTE, context)) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new Unauthenticated('Send a token: Authorization: Bearer …');
    request.principal = await this.verifier.verify(token);
    const permitted = this.#declared<readonly Role[]>(PERMITTED_ROLES, context);
    const { role } = request.principal.actor;
    if (permitted && !permitted.includes(role)) {
      throw new Forbidden(`This is for ${permitted.join(' and ')}, and the token is that of a ${role}`);
    }
    return true;
  }

  #declared<T>(key: symbol, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}
