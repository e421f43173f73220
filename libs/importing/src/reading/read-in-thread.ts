import { PlanFileFaults, readPlanFile } from '#plan-files';
import type { PlanFile, PlanFileContent, PlanFileFault, Position } from '#plan-files';

/** A file as it comes out of a thread: data alone. */
export type FileInThread =
  | {
      readonly content: PlanFileContent;
      readonly externalReferences: PlanFile['externalReferences'];
      /** Where that stands which a command of a load, or a reference, can be about. */
      readonly places: ReadonlyMap<string, Position>;
    }
  | { readonly faults: readonly PlanFileFault[]; readonly more: number };

/** What a thread does: it reads a plan file. */
export default function readInThread({
  name,
  text,
}: {
  readonly name: string | undefined;
  readonly text: string;
}): FileInThread {
  try {
    const { externalReferences, locate, ...content } = readPlanFile(text, name);
    const paths = ['', ...pathsOf(content), ...externalReferences.map(({ path }) => path)];
    return { content, externalReferences, places: new Map(paths.map((path) => [path, locate(path)])) };
  } catch (error) {
    if (!(error instanceof PlanFileFaults)) throw error;
    const { faults, more } = error;
    return { faults, more };
  }
}

/** What the commands of a load name: the parts of a file, and of what is known of a body, a group or an indicator. */
function* pathsOf({ history, items = [], scenario, ...others }: PlanFileContent): Generator<string> {
  for (const index of items.keys()) yield `items[${index}]`;
  for (const index of (history?.steps ?? []).keys()) yield `history.steps[${index}]`;
  for (const index of (scenario?.steps ?? []).keys()) yield `scenario.steps[${index}]`;
  for (const [name, parts] of Object.entries(others)) {
    yield name;
    if (!Array.isArray(parts)) continue;
    for (const [index, part] of (parts as unknown[]).entries()) yield* pathsWithin(part, `${name}[${index}]`);
  }
}

function* pathsWithin(part: unknown, path: string): Generator<string> {
  yield path;
  for (const [name, value] of Object.entries(Object(part) as object)) {
    yield `${path}.${name}`;
    if (!Array.isArray(value)) continue;
    for (const index of value.keys()) yield `${path}.${name}[${index}]`;
  }
}
