import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ModulesContainer } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import { ownTraitsOf, withRouteTraits } from '../requests/route-traits.js';
import { isDescribed } from '../schema/registry.js';
import { bodyLimitsOf } from './body-limits.js';

/** Where an operation of the OpenAPI document names its limits. */
export const limitsExtension = 'x-limits';

/**
 * Gives every route that takes a body the limits that follow from the class it asks for, unless it says other ones, and tells
 * of them in the OpenAPI document. To be done before routes are registered.
 */
export function limitBodies(app: INestApplication): void {
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype === 'function') limitRoutesOf(metatype.prototype as object);
    }
  }
}

function limitRoutesOf(controller: object): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(controller))) {
    const method = descriptor.value as unknown;
    if (typeof method !== 'function' || Reflect.getMetadata(METHOD_METADATA, method) !== RequestMethod.POST) continue;
    const asked = askedBy(controller, name);
    const { limits: told = {} } = ownTraitsOf(method);
    // What is no JSON has no keys.
    const limits = asked === undefined && 'bytes' in told ? told : { ...bodyLimitsOf(asked), ...told };
    withRouteTraits({ limits })(controller, name, descriptor);
    ApiExtension(limitsExtension, limits)(controller, name, descriptor);
  }
}

/** The class of the body that a method of a controller asks for. */
function askedBy(controller: object, name: string) {
  const given = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller.constructor, name) as object | undefined;
  const body = Object.entries(given ?? {}).find(([key]) => key.startsWith(`${RouteParamtypes.BODY}:`));
  if (body === undefined) return undefined;
  const types = Reflect.getMetadata('design:paramtypes', controller, name) as readonly unknown[];
  const type = types[(body[1] as { readonly index: number }).index];
  return isDescribed(type) ? type : undefined;
}
