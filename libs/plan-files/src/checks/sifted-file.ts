import type { Path } from '../path.js';
import type { PlanFileAttested, PlanFileContent, PlanFilePlan, PlanFileScenario, PlanFileStep } from '../plan-file.js';

type Section = 'bodies' | 'groups' | 'scales' | 'items' | 'indicators' | 'successions' | 'rounds';
type Element<S extends Section> = NonNullable<PlanFileContent[S]>[number];

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
  readonly #scenarioIsMarred: boolean;

  constructor(
    private readonly data: unknown,
    faulty: readonly Path[],
  ) {
    for (const path of faulty) for (let length = 0; length <= path.length; length++) this.#mar(path.slice(0, length));
    this.#scenarioIsMarred = faulty.some(([first, second]) => first === 'scenario' && second !== 'steps');
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

  /** The scenario without its steps, when that much follows the schema. */
  get scenario(): Part<Omit<PlanFileScenario, 'steps'>> | undefined {
    const value = this.at(['scenario']);
    return isRecord(value) && !this.#scenarioIsMarred
      ? { value: value as PlanFileScenario, path: ['scenario'] }
      : undefined;
  }

  /** The steps of the scenario that follow the schema. */
  get steps(): Part<PlanFileStep>[] {
    return this.elements(['scenario', 'steps']) as Part<PlanFileStep>[];
  }

  /** Whether the file has a section at all, faulty or not. */
  has(section: Section | 'attested' | 'plan' | 'scenario'): boolean {
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
