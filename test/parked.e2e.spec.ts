import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, newId, streamName } from '#kernel';
import type { EventEnvelope } from '#kernel';
import { sparbar } from '#command-line';
import { RunningSystem, tenant } from './support/running-system.js';

/** A body without a name or a kind, such as no version of the code has ever recorded. */
function poison(): EventEnvelope {
  const id = newId();
  return {
    id,
    type: 'BodyRegistered',
    data: { bodyId: idOf('body', 'poison') },
    metadata: {
      tenant,
      schema: 1,
      recordedAt: '2026-01-01T12:00:00.000Z',
      effectiveOn: '2026-01-01',
      actor: { id: 'someone', role: 'controller' },
      commandId: id,
      commandDigest: '0',
      correlationId: id,
      causationId: id,
    },
  };
}

describe('A projection that is parked at an event', () => {
  let system: RunningSystem;
  let administrator: string;

  beforeAll(async () => {
    system = await RunningSystem.start();
    administrator = await system.token('administrator', { subject: 'u-1' });
    await system.stores.eventStore.append(streamName(tenant, 'body', idOf('body', 'poison')), [poison()], 'no-stream');
  });
  afterAll(() => system.stop());

  const bodies = async () =>
    ((await system.request('GET', '/v1/projections', administrator)).body.items as { name: string }[]).find(
      ({ name }) => name === 'bodies',
    )! as unknown as { state: string; parked?: { position: string }; skipped: object[] };

  async function cli(...parameters: string[]): Promise<string> {
    const printed: string[] = [];
    const options = ['--url', await system.app.getUrl(), '--token', administrator];
    await sparbar((text) => printed.push(text)).parseAsync(['node', 'sparbar', ...options, ...parameters]);
    return printed.join('\n');
  }

  it('says so in status, health and on the command line, and does not go on by a retry', async () => {
    const deadline = Date.now() + 10_000;
    while ((await bodies()).state !== 'parked') {
      if (Date.now() > deadline) throw new Error('It was not parked');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { body: health } = await system.request('GET', '/health/projections');
    expect(health).toContainEqual(expect.objectContaining({ name: 'bodies', state: 'parked' }));
    expect(await cli('projections', 'status')).toMatch(/bodies is parked at 0*1 \(BodyRegistered/);
    await expect(cli('projections', 'retry', 'bodies')).rejects.toThrow(/still parked/);
  });

  it('says why in the language that is asked for, with a code for programs', async () => {
    const parkedIn = async (language: string) => {
      const { body, headers } = await system.request('GET', '/v1/projections', administrator, undefined, {
        'accept-language': language,
      });
      expect(headers.get('content-language')).toBe(language);
      return body.items.find(({ name }: { name: string }) => name === 'bodies').parked;
    };
    expect(await parkedIn('sv')).toMatchObject({
      error: expect.stringMatching(/^Händelsen BodyRegistered/),
      errorCode: 'corrupt-event',
      errorParams: { type: 'BodyRegistered' },
    });
    expect((await parkedIn('en')).error).toMatch(/^The event BodyRegistered/);
  });

  it('wants a reason for a skip', async () => {
    const { body, status } = await system.request('POST', '/v1/projections/bodies/skip', administrator, {});
    expect([status, body.faults?.[0]?.field]).toEqual([400, 'reason']);
    const { status: another } = await system.request('POST', '/v1/projections/plans/skip', administrator, {
      reason: 'It is not parked',
    });
    expect(another).toBe(409);
  });

  it('goes on when the event is skipped, and everybody can see what was left out and why', async () => {
    const told = await cli('projections', 'skip', 'bodies', '--reason', 'Skrevs av en felaktig import');
    expect(told).toMatch(/^bodies leaves out BodyRegistered at 0*1$/);
    const made = await system.request('POST', '/v1/bodies', await system.token('controller'), {
      name: 'Nämnd',
      kind: 'board',
    });
    const { body: list } = await system.request(
      'GET',
      `/v1/bodies?waitFor=${made.body.position}`,
      await system.token('reader'),
    );
    expect(list.items).toMatchObject([{ name: 'Nämnd' }]);
    expect((await bodies()).skipped).toMatchObject([
      { by: { id: 'u-1', role: 'administrator' }, reason: 'Skrevs av en felaktig import', type: 'BodyRegistered' },
    ]);
    expect(await cli('projections', 'status')).toContain('Skrevs av en felaktig import');
    const verified = await cli('projections', 'verify', 'bodies');
    expect(verified).toContain('as the log says');
    expect(verified).toContain('Skrevs av en felaktig import');
  });
});
