import type { Path } from '../path.js';
import type { PlanFileAttested, PlanFileContent, PlanFileCourse, PlanFilePlan, PlanFileStep } from '../plan-file.js';

type Section = 'bodies' | 'groups' | 'scales' | 'items' | 'indicators' | 'successions' | 'answers' | 'rounds';
type Element<S extends Section> = NonNullable<PlanFileContent[S]>[number];

/** The sections that tell what happens: what has happened comes before what is made up. */
export const courseNames = ['history', 'scenario'] as const;
export type CourseName = (typeof courseNames)[number];

/** A part of the file that follows the schema, and where it stands. */
export interface Part<T> {
  readonly value: T;
  readonly path: Path;
}

/**
 * The data of a file that may have faults, sifted into the parts that can be relied on. One misspelt property must not
 * hide the faults of the rest, nor make every reference to its owner look wrong.
 */
export class SiftedFile {
  /** Every value that has a fault in it, by its path. */
  readonly #marred = new Set<string>();
  readonly #elements = new Map<string, Part<unknown>[]>();
  readonly #declared = new Map<string, Set<string>>();
  /** The courses that have a fault beside those in their steps. */
  readonly #marredCourses: ReadonlySet<unknown>;

  constructor(
    private readonly data: unknown,
    faulty: readonly Path[],
  ) {
    for (const path of faulty) for (let length = 0; length <= path.length; length++) this.#mar(path.slice(0, length));
    this.#marredCourses = new Set(faulty.flatMap(([first, second]) => (second === 'steps' ? [] : first)));
  }

  /** The elements of a section that follow the schema. */
  parts<S extends Section>(section: S): Part<Element<S>>[] {
    return this.elements([section]) as Part<Element<S>>[];
  }

  /** The plan, when it follows the schema. */
  get plan(): Part<PlanFilePlan> | undefined {
    return this.sound(['plan']) as Part<PlanFilePlan> | undefined;
  }

  /** What attests all that the file tells, when it follows the schema. */
  get attested(): Part<PlanFileAttested> | undefined {
    return this.sound(['attested']) as Part<PlanFileAttested> | undefined;
  }

  /** A course of events without its steps, when that much follows the schema. */
  course(name: CourseName): Part<Omit<PlanFileCourse, 'steps'>> | undefined {
    const value = this.at([name]);
    return isRecord(value) && !this.#marredCourses.has(name)
      ? { value: value as PlanFileCourse, path: [name] }
      : undefined;
  }

  /** The steps of a course that follow the schema. */
  stepsOf(name: CourseName): Part<PlanFileStep>[] {
    return this.elements([name, 'steps']) as Part<PlanFileStep>[];
  }

  /** The steps of all courses that follow the schema. */
  get steps(): Part<PlanFileStep>[] {
    return courseNames.flatMap((name) => this.stepsOf(name));
  }

  /** Whether the file has a section at all, faulty or not. */
  has(section: Section | CourseName | 'attested' | 'plan'): boolean {
    return isRecord(this.data) && Object.hasOwn(this.data, section);
  }

  /** Every value that a property takes in a list, also in elements that have faults elsewhere. */
  declared(path: Path, property: string): Set<string> {
    return remembered(this.#declared, nameOf([...path, property]), () => {
      const list = this.at(path);
      const values = Array.isArray(list) ? list.map((element: unknown) => isRecord(element) && element[property]) : [];
      return new Set(values.filter((value) => typeof value === 'string'));
    });
  }

  /** The value at a path, whatever it is. */
  at(path: Path): unknown {
    return path.reduce<unknown>(
      (value, step) => (isRecord(value) || Array.isArray(value) ? (value as Record<string, unknown>)[step] : undefined),
      this.data,
    );
  }

  private elements(path: Path): Part<unknown>[] {
    return remembered(this.#elements, nameOf(path), () => {
      const list = this.at(path);
      return Array.isArray(list) ? list.flatMap((_, index) => this.sound([...path, index]) ?? []) : [];
    });
  }

  private sound(path: Path): Part<unknown> | undefined {
    const value = this.at(path);
    return value === undefined || this.#marred.has(nameOf(path)) ? undefined : { value, path };
  }

  #mar(path: Path): void {
    this.#marred.add(nameOf(path));
  }
}

/** A path as the key of a map. */
const nameOf = (path: Path): string => JSON.stringify(path);

function remembered<Value>(known: Map<string, Value>, name: string, make: () => Value): Value {
  const value = known.get(name) ?? make();
  known.set(name, value);
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
