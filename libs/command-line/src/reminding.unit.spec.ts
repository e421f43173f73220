import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { ApiClient } from './api-client.js';
import type { Transport } from './api-client.js';
import { remind } from './reminding.js';

const round = newId();
const eventId = newId();
const [ready, late] = [newId(), newId()];
const patience = { begun: 300, ended: 700 };

const bodyOf = (id: string, name: string, missing: number) => ({ body: { id, name }, counts: { missing } });

/** An API that is a double: it gives one reminder, whose job stands as it is told one after the other. */
function apiWith(jobs: readonly object[], recorded = ['RoundReminded']) {
  let asked = 0;
  const job = () => ({ id: 'send-reminder.1', key: eventId, ...jobs[Math.min(asked++, jobs.length - 1)] });
  const answers: readonly (readonly [RegExp, () => object])[] = [
    [/\/remind$/, () => ({ position: '7', recorded })],
    [/\/coverage/, () => ({ items: [bodyOf(ready, 'KS', 65), bodyOf(late, 'AMN', 2)], total: 2 })],
    [
      /\/rounds\/[^/]+\?/,
      () => ({ reminders: [{ eventId, missing: [{ bodyId: late, itemIds: [newId(), newId()] }] }] }),
    ],
    [/\/jobs\?/, () => ({ items: jobs.length === 0 ? [] : [job()] })],
    [/\/jobs\/send-reminder\.1$/, job],
  ];
  const transport: Transport = {
    worksHere: false,
    close: async () => undefined,
    request: async ({ path }) => {
      const [, answer] = answers.find(([pattern]) => pattern.test(path))!;
      return { status: 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(answer())) };
    },
  };
  return new ApiClient(transport);
}

const reminded = (jobs: readonly object[], recorded?: string[]) => remind(apiWith(jobs, recorded), round, patience);

describe('A reminder', () => {
  it('is followed until it is sent, and tells to whom, of what, and to whom not', async () => {
    const jobs = [
      { state: 'waiting' },
      { state: 'active' },
      { state: 'completed', result: { to: 'https://krok.example' } },
    ];
    const { exitCode, result, text } = await reminded(jobs);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ eventId, reminded: [{ body: 'AMN', missing: 2 }], notReminded: ['KS'] });
    expect(text).toMatch(/AMN +2 saknas/);
    expect(text).toMatch(/Påmindes inte, eftersom de har sagt sig vara klara: KS/);
    expect(text).toMatch(/sagt sig vara klara fast bedömningar saknas: KS \(65 saknas\)\n/);
    expect(text).toMatch(/skickad till https:\/\/krok\.example\.$/);
  });

  it.each([
    [[{ state: 'active' }, { state: 'failed', error: 'krok svarar 410' }], 1, /inte skickad: krok svarar 410$/],
    [[{ state: 'completed', result: { skipped: 'för gammal' } }], 1, /inte skickad: för gammal$/],
    [
      [{ state: 'waiting', waitingFor: 'krok svarar inte' }],
      69,
      /inte skickad än: krok svarar inte\. .*send-reminder\.1$/,
    ],
    [[], 0, /Inget är skickat än: .*ingen mottagare/],
  ] as const)('that is not sent says why, within its time: %j ends with %d', async (jobs, exitCode, words) => {
    const started = performance.now();
    const outcome = await reminded(jobs);
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.text).toMatch(words);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('reminds nobody where all are ready, whatever was sent before', async () => {
    const { exitCode = 0, result, text } = await reminded([{ state: 'completed' }], []);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ eventId: null, reminded: [], notReminded: ['KS', 'AMN'], sending: null });
    expect(text).toMatch(/^Ingen påmindes: alla har sagt sig vara klara\. Inget skickas\.\n\n.*KS \(65 saknas\), AMN/);
  });
});
