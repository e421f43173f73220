import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSystem } from './support/running-system.js';

interface Parameter {
  readonly name: string;
  readonly schema: { readonly default?: number; readonly maximum?: number };
}

describe('The OpenAPI document', () => {
  let system: RunningSystem;
  let document: {
    readonly components: { readonly schemas: Record<string, unknown> };
    readonly paths: Record<string, Record<string, { readonly parameters?: readonly Parameter[] }>>;
  };

  beforeAll(async () => {
    system = await RunningSystem.start();
    ({ body: document } = await system.request('GET', '/v1/openapi.json'));
  }, 60_000);
  afterAll(() => system.stop());

  it('refers to nothing that it does not hold', () => {
    const referred = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, target]) => target!);
    const known = new Set(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`));
    expect(referred.length).toBeGreaterThan(100);
    expect(referred.filter((target) => !known.has(target))).toEqual([]);
  });

  it('says of every list how much of it is told where nothing is asked for, and at the most', () => {
    const limits = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods).flatMap(({ parameters = [] }) => parameters))
      .filter(({ name }) => /limit$/i.test(name));
    expect(new Set(limits.map(({ name }) => name))).toEqual(new Set(['limit', 'entryLimit']));
    for (const { schema } of limits) {
      expect(schema.maximum).toBeLessThanOrEqual(500);
      expect(schema.default).toBeLessThanOrEqual(schema.maximum!);
    }
  });
});
