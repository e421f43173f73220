import { faultIn, say } from '#kernel';
import type { Said } from '#kernel';
import { tidied } from './tidied.js';
import { rulesOf } from './registry.js';
import type { ListShape, Shape } from './registry.js';

/**
 * What is wrong with what a field holds, but for the fields of an object, which are asked one by one; undefined where it is
 * right.
 */
export function faultOfShape(shape: Shape, value: unknown): Said | undefined {
  if (shape.of === 'value') return faultIn(shape.kind, value);
  if (shape.of === 'list') return faultOfList(shape, value);
  if (shape.of === 'json') return undefined;
  if (!isObject(value)) return mustBeObject();
  return shape.of === 'object' ? rulesOf(shape.type()).find(({ holds }) => !holds(value))?.says : undefined;
}

function faultOfList(shape: ListShape, value: unknown): Said | undefined {
  const fault = faultOfLength(shape, value);
  if (fault !== undefined) return fault;
  if (shape.apart) return undefined;
  const list = value as unknown[];
  for (const element of list) {
    const inner = faultOfShape(shape.each, element);
    if (inner !== undefined) return shape.each.of === 'value' ? each({ fault: inner }) : inner;
  }
  const isRepeated = shape.unique && new Set(list.map((element) => tidied(shape.each, element))).size < list.length;
  return isRepeated ? namedTwice() : undefined;
}

/** What is wrong with a list before anybody looks into it. */
export function faultOfLength({ max, min }: ListShape, value: unknown): Said | undefined {
  if (!Array.isArray(value)) return mustBeList();
  if (value.length < min) return mustHoldAtLeast({ least: min });
  return max !== undefined && value.length > max ? mustHoldAtMost({ most: max }) : undefined;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const mustBeObject = say('must be an object', 'ska vara ett objekt', 'not-an-object');
const mustBeList = say('must be a list', 'ska vara en lista', 'not-a-list');
const mustHoldAtLeast = say('must hold at least {least}', 'ska innehålla minst {least}', 'too-few');
const mustHoldAtMost = say('must hold at most {most}', 'får innehålla högst {most}', 'too-many');
const namedTwice = say('must not name one twice', 'får inte ange samma två gånger', 'named-twice');
const each = say('each {fault}', 'vart och ett {fault}', 'element');
