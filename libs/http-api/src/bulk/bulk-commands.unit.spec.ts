import { describe, expect, it } from '@jest/globals';
import type { Receipt } from '#deciding';
import { newId, NotFound, StoreUnavailable } from '#kernel';
import { CostlyWork } from '../costly/costly-work.js';
import { Problems } from '../problems/problems.js';
import { CommandRequest } from '../requests/command-request.js';
import type { AuthenticatedRequest } from '../requests/request-context.js';
import { IdField } from '../schema/fields.js';
import { BulkCommands } from './bulk-commands.js';
import { RowOf } from './row.js';

class ThingRow extends RowOf(CommandRequest) {
  @IdField({ description: 'The thing' })
  thingId!: string;
}

const principal = { tenant: 'uppsala', actor: { id: 'c', role: 'controller' } };
const request = { id: newId(), headers: {}, principal } as unknown as AuthenticatedRequest;

/** Has rows decided by a double. */
function decided(count: number, decide: (sent: number) => Receipt, signal = new AbortController().signal) {
  const logged: object[] = [];
  let sent = 0;
  const bulk = new BulkCommands(new CostlyWork(), new Problems({ error: (fields) => void logged.push(fields) }));
  const rows = Array.from({ length: count }, () => ({ thingId: newId() }));
  const send = (): Promise<Receipt> => Promise.resolve().then(() => decide(sent++));
  const outcomes = bulk.send(rows, request, signal, { type: ThingRow, about: 'thingId', send });
  return { outcomes, logged, sent: () => sent };
}

const receipt: Receipt = { id: newId(), revision: 1, position: '7', recorded: ['ThingDone'] };
const away = (): never => {
  throw new StoreUnavailable('event store', new Error('gone'));
};

describe('Commands in bulk', () => {
  it('begin no further where a store fails, and say so of every row that was not come to', async () => {
    const { logged, outcomes, sent } = decided(200, (n) => (n < 50 ? receipt : away()));
    const { recorded, refused, rows } = await outcomes;
    expect([recorded, refused]).toEqual([50, 150]);
    expect(sent()).toBeLessThan(100);
    expect(rows[199]).toMatchObject({ index: 199, status: 503, problem: { code: 'store-unavailable' } });
    expect(logged.length).toBeLessThan(50);
  });

  it('fail as a whole where a store fails before any is decided', async () => {
    await expect(decided(20, away).outcomes).rejects.toThrow(StoreUnavailable);
  });

  it('go on where one fails that nobody foresaw, which is logged', async () => {
    const { logged, outcomes } = decided(3, (n) => {
      if (n === 1) throw new TypeError('a defect');
      return receipt;
    });
    expect((await outcomes).rows).toMatchObject([
      { status: 200 },
      { status: 500, problem: { code: 'unexpected', instance: `urn:uuid:${request.id}` } },
      { status: 200 },
    ]);
    expect(logged).toHaveLength(1);
  });

  it('begin no further when the caller has hung up', async () => {
    const gone = new AbortController();
    const { outcomes, sent } = decided(
      200,
      (n) => {
        if (n === 20) gone.abort(new NotFound('caller', 'gone'));
        return receipt;
      },
      gone.signal,
    );
    await expect(outcomes).rejects.toThrow(NotFound);
    expect(sent()).toBeLessThan(100);
  });
});
