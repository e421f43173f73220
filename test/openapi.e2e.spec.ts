import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSystem } from './support/running-system.js';

describe('The OpenAPI document', () => {
  let system: RunningSystem;
  let document: { readonly components: { readonly schemas: Record<string, unknown> } };

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
});
