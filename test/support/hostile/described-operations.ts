import { newId } from '#kernel';
import type { DescribedApi } from '../described-answers.js';

/** The part of a JSON Schema that values are made of. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly maxProperties?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly method: string;
  /** With `{names}` of its parameters. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly bodyType: string | undefined;
  readonly body: Schema | undefined;
}

interface Told {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

/** What an OpenAPI document says that a caller may send. */
export class DescribedOperations {
  readonly all: readonly Operation[];

  /** @param known ids of what there is, by the names that parameters and fields have */
  constructor(
    private readonly document: DescribedApi,
    private readonly known: Readonly<Record<string, string>>,
  ) {
    this.all = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as unknown as Readonly<Record<string, Told>>).map(([method, told]): Operation => {
        const [bodyType, content] = Object.entries(told.requestBody?.content ?? {})[0] ?? [];
        return {
          method: method.toUpperCase(),
          path,
          parameters: told.parameters ?? [],
          bodyType,
          body: content?.schema,
        };
      }),
    );
  }

  /** A path that leads to something, but for what is put in the place of parameters. */
  pathOf({ path }: Operation, instead: Readonly<Record<string, string>> = {}): string {
    return path.replace(/\{(\w+)\}/g, (_, name: string) => instead[name] ?? this.known[name] ?? newId());
  }

  /** A body that has every field, with values that are right. */
  exampleOf(given: Schema, name = '', depth = 0): unknown {
    const schema = this.#resolved(given);
    const { enum: choices, example, examples, format, items, maxProperties, minimum, properties } = schema;
    if (properties && depth < 6) {
      const fields = Object.entries(properties).slice(0, maxProperties);
      return Object.fromEntries(fields.map(([field, inner]) => [field, this.exampleOf(inner, field, depth + 1)]));
    }
    if (items && depth < 6) return [this.exampleOf(items, name, depth + 1)];
    if (format === 'uuid') return this.known[name] ?? this.known['bodyId'];
    return examples?.[0] ?? example ?? choices?.[0] ?? (schema.type === 'integer' ? (minimum ?? 1) : 'x');
  }

  #resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    if (name) return this.#resolved(this.document.components.schemas[name] as Schema);
    const part = schema.properties ? undefined : (schema.allOf ?? schema.anyOf ?? schema.oneOf)?.[0];
    return part ? this.#resolved(part) : schema;
  }
}
