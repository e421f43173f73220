import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { planFileSchemaJson } from './plan-file-schema-json.js';
import { planFileSchema } from './plan-file.schema.js';

const PUBLISHED = new URL('../../../../data/plan-file.schema.json', import.meta.url);

describe('the JSON Schema of plan files', () => {
  it('is the one that stands beside the data (write it anew with UPDATE_SCHEMA=1)', async () => {
    if (process.env['UPDATE_SCHEMA']) await writeFile(PUBLISHED, planFileSchemaJson());
    expect(await readFile(PUBLISHED, 'utf8')).toBe(planFileSchemaJson());
  });

  it('has an identity and a title', () => {
    expect(planFileSchema).toMatchObject({ $id: 'urn:sparbar:plan-file:2', title: 'Spårbar plan file' });
  });

  it('names as new in version 2 only what there is', () => {
    const strange: string[] = [];
    const look = (node: Node & { newInTwo?: readonly string[] }): void => {
      const { newInTwo = [], properties = {}, items, anyOf = [] } = node;
      strange.push(...newInTwo.filter((name) => !(name in properties)));
      [...Object.values(properties), ...(items ? [items] : []), ...anyOf].forEach(look);
    };
    look(JSON.parse(JSON.stringify(planFileSchema)));
    expect(strange).toEqual([]);
  });

  it('describes every property and closes every object', () => {
    const bare: string[] = [];
    walk(JSON.parse(JSON.stringify(planFileSchema)), '', bare);
    expect(bare).toEqual([]);
  });
});

interface Node {
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
  type?: string;
  description?: string;
  additionalProperties?: boolean;
}

function walk(node: Node, path: string, bare: string[]): void {
  if (!node.description) bare.push(`${path} lacks a description`);
  if (node.type === 'object' && node.additionalProperties !== false) bare.push(`${path} is open`);
  for (const [name, inner] of Object.entries(node.properties ?? {})) walk(inner, `${path}/${name}`, bare);
  if (node.items) walk(node.items, `${path}/items`, bare);
  node.anyOf?.forEach((branch, index) => walk(branch, `${path}/anyOf/${index}`, bare));
}
