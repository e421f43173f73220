import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSystem } from './support/running-system.js';
import { smallPlan } from './support/small-plan.js';

const longest = 20_000;

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
    const { body, status } = await load(smallPlan(40, longest));
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'items[1]', message: expect.stringMatching(/takes \d+ bytes.* at most 1048576/) }] },
    });
    expect(body.faults[0].line).toBeGreaterThan(20);
    expect(await system.stores.eventStore.head()).toBe(before);
  });

  it('is refused where a single text is longer than any that the API takes', async () => {
    const { body, status } = await load(smallPlan(1, longest + 1));
    expect(status).toBe(400);
    expect(body.faults).toMatchObject([{ message: 'must be at most 20000 characters' }]);
  });

  it('is loaded where they are fewer', async () => {
    const { body, status } = await load(smallPlan(20, longest));
    expect({ status, body }).toMatchObject({ status: 200, body: { commands: 5 } });
  });
});
