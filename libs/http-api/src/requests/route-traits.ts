import 'reflect-metadata';
import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { BodyLimits } from '../bounds/body-limits.js';

/** What a route says of itself before anything of a request is read. */
export interface RouteTraits {
  /** It needs no token. */
  readonly open?: boolean;
  /** What it takes of a body, where that is not what every route takes. */
  readonly limits?: Partial<BodyLimits>;
}

/** Adds to what a route says of itself, or each route of a controller; Nest's own decorator replaces what was said before. */
export const withRouteTraits =
  (traits: RouteTraits): MethodDecorator & ClassDecorator =>
  (target: object, property?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (property !== undefined && descriptor) return add(traits, target, property, descriptor);
    const { prototype } = target as { readonly prototype: object };
    for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name !== 'constructor' && typeof method.value === 'function') add(traits, prototype, name, method);
    }
  };

function add(traits: RouteTraits, target: object, property: string | symbol, descriptor: PropertyDescriptor): void {
  const { limits, ...rest } = ownTraitsOf(descriptor.value as object);
  const merged = { ...rest, ...traits, limits: { ...limits, ...traits.limits } };
  RouteConfig(merged)(target, property, descriptor);
}

/** What a method of a controller says of its route. */
export const ownTraitsOf = (method: object): RouteTraits =>
  (Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, method) ?? {}) as RouteTraits;

/** What the route of a request says of itself. */
export const traitsOf = (request: { readonly routeOptions: { readonly config: object } }): RouteTraits =>
  request.routeOptions.config;
