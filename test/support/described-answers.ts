import { Compile } from 'typebox/compile';
import type { Answer } from './request-to.js';

type Schema = Record<string, unknown>;

interface Response {
  readonly content?: Readonly<Record<string, { schema: Schema }>>;
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

/** An OpenAPI document, as far as answers are concerned. */
export interface DescribedApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Holds an API to its own description. */
export class DescribedAnswers {
  readonly #paths: readonly { readonly pattern: RegExp; readonly operations: Readonly<Record<string, Operation>> }[];
  readonly #compiled = new Map<Schema, ReturnType<typeof Compile>>();

  constructor(private readonly document: DescribedApi) {
    this.#paths = Object.entries(document.paths).map(([path, operations]) => ({
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      operations,
    }));
  }

  /** @throws Error where an answer is not one that the document tells of */
  check(method: string, url: string, { body, headers, status }: Answer): void {
    const path = url.split('?')[0]!;
    const operation = this.#paths.find(({ pattern }) => pattern.test(path))?.operations[method.toLowerCase()];
    if (!operation) return;
    const told = `${method} ${path} → ${status}`;
    const response = operation.responses[status];
    if (!response) throw new Error(`${told} is not among ${Object.keys(operation.responses).join(', ')}`);
    const required = Object.entries(response.headers ?? {}).filter(([, header]) => header.required);
    const lacking = required.map(([name]) => name).filter((name) => !headers.has(name));
    if (lacking.length > 0) throw new Error(`${told} lacks ${lacking.join(', ')}`);
    if (headers.has('etag') && !response.headers?.['ETag'])
      throw new Error(`${told} has an ETag that is not described`);
    const type = headers.get('content-type')?.split(';')[0];
    const content = type && response.content?.[type];
    if (!content) {
      if (body === '' && !response.content) return;
      throw new Error(`${told} is ${type}, and not ${Object.keys(response.content ?? {}).join(', ')}`);
    }
    if (!/json$/.test(type)) return;
    const schema = this.#schemaOf(content.schema);
    if (schema.Check(body)) return;
    const faults = schema.Errors(body).map(({ instancePath, message }) => `${instancePath} ${message}`);
    throw new Error(`${told} is not as described: ${faults.join('; ')}\n${JSON.stringify(body)?.slice(0, 2_000)}`);
  }

  #schemaOf(schema: Schema): ReturnType<typeof Compile> {
    const compiled = this.#compiled.get(schema) ?? Compile(this.#resolved(schema) as Schema);
    this.#compiled.set(schema, compiled);
    return compiled;
  }

  #resolved(part: unknown): unknown {
    if (Array.isArray(part)) return part.map((element) => this.#resolved(element));
    if (typeof part !== 'object' || part === null) return part;
    const { $ref } = part as { readonly $ref?: string };
    if ($ref !== undefined) return this.#resolved(this.document.components.schemas[$ref.split('/').at(-1)!]);
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, this.#resolved(inner)]));
  }
}
