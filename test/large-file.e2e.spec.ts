import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSystem } from './support/running-system.js';

const longest = 20_000;

/** A plan of two items, of which the second has so many expected effects, of a length each. */
const planFile = (effects: number, length: number) => `sparbar: 1
bodies:
  - { key: kommunfullmaktige, name: Kommunfullmäktige, kind: council }
scales:
  - key: skala
    name: Skala
    version: 1
    levels:
      - { code: ja, label: Ja, meaning: Det går bra, colour: green, icon: check, rank: 1 }
      - { code: nej, label: Nej, meaning: Det går inte, colour: red, icon: cross, rank: 2 }
plan:
  key: plan
  title: En plan
  owner: { body: kommunfullmaktige, role: direktör }
  validity: { from: '2025-01-01' }
  scale: { key: skala, version: 1 }
  kinds:
    - { code: uppdrag, label: Uppdrag, plural: Uppdrag, order: 1, parents: [] }
  documents: []
  calendar: []
items:
  - { key: ett, kind: uppdrag, title: Ett }
  - key: tva
    kind: uppdrag
    title: Två
    expectedEffects:
${Array.from({ length: effects }, () => `      - ${'å'.repeat(length)}`).join('\n')}
`;

describe('A plan file whose texts are more than is recorded at once', () => {
  let system: RunningSystem;
  let token: string;

  beforeAll(async () => {
    system = await RunningSystem.start();
    token = await system.token('controller');
  });
  afterAll(() => system.stop());

  const load = (file: string) =>
    system.request('POST', '/v1/imports', token, file, { 'content-type': 'application/yaml' });

  it('is refused at its rehearsal with the line of what is too large, and nothing of it is loaded', async () => {
    const before = await system.stores.eventStore.head();
    const { body, status } = await load(planFile(40, longest));
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'items[1]', message: expect.stringMatching(/takes \d+ bytes.* at most 1048576/) }] },
    });
    expect(body.faults[0].line).toBeGreaterThan(20);
    expect(await system.stores.eventStore.head()).toBe(before);
  });

  it('is refused where a single text is longer than any that the API takes', async () => {
    const { body, status } = await load(planFile(1, longest + 1));
    expect(status).toBe(400);
    expect(body.faults).toMatchObject([{ message: 'must be at most 20000 characters' }]);
  });

  it('is loaded where they are fewer', async () => {
    const { body, status } = await load(planFile(20, longest));
    expect({ status, body }).toMatchObject({ status: 200, body: { commands: 5 } });
  });
});
