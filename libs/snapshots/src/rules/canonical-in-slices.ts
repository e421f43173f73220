import { canonicalJson } from '#kernel';
import type { TimeSlices } from '#kernel';

/** An object in the form of `canonicalJson`. The elements of its lists are written one by one, with turns for others in between. */
export async function canonicalInSlices(value: object, slices: TimeSlices): Promise<string> {
  const members: string[] = [];
  // RFC 8785 sorts names by units of UTF-16, as this comparison does.
  for (const [name, member] of Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${await written(member, slices)}`);
  }
  return `{${members.join(',')}}`;
}

async function written(member: unknown, slices: TimeSlices): Promise<string> {
  if (!Array.isArray(member)) {
    return typeof member === 'object' && member !== null ? canonicalInSlices(member, slices) : canonicalJson(member);
  }
  const elements: string[] = [];
  for (const element of member) {
    await slices.next();
    elements.push(canonicalJson(element));
  }
  return `[${elements.join(',')}]`;
}
