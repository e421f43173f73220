import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '#kernel/testing';
import { ClientDisconnected } from '../costly/client-disconnected.js';
import { RequestTurns } from './request-turns.js';
import { TooManyAtOnce } from './too-many-at-once.js';

describe('Requests that take turns', () => {
  let begun: string[];
  beforeEach(() => void (begun = []));
  const responseOf = () => new EventEmitter() as unknown as ServerResponse;

  /** Asks for a turn. @returns its response, which `finish` ends; `refused` is why there is none */
  function asks(turns: RequestTurns, tenant: string, name: string) {
    const response = responseOf();
    const those = begun;
    const asked = { response, refused: undefined as unknown };
    turns.take(tenant, response).then(
      () => those.push(name),
      (error: unknown) => (asked.refused = error),
    );
    return asked;
  }
  const manyOf = (turns: RequestTurns, tenant: string, count: number) =>
    Array.from({ length: count }, (_, index) => asks(turns, tenant, `${tenant}${index}`));
  /** What has begun since it was asked last. */
  async function soFar(): Promise<string[]> {
    await Promise.resolve();
    return begun.splice(0);
  }

  it('begin one after the other, one in each turn of the event loop', async () => {
    manyOf(new RequestTurns(), 'a', 3);
    expect(await soFar()).toEqual(['a0']);
    for (const next of ['a1', 'a2']) {
      await turn();
      expect(await soFar()).toEqual([next]);
    }
  });

  it('begin at once where another tenant has many that wait, and by turns where all have', async () => {
    const turns = new RequestTurns();
    manyOf(turns, 'a', 10);
    manyOf(turns, 'b', 3);
    asks(turns, 'c', 'c0');
    expect(await soFar()).toEqual(['a0', 'b0', 'c0']);
    const then: string[] = [];
    while (then.length < 4) {
      await turn();
      then.push(...(await soFar()));
    }
    // Within a round of turns, a busy machine may let either be answered first.
    expect([then.slice(0, 2).sort(), then.slice(2).sort()]).toEqual([
      ['a1', 'b1'],
      ['a2', 'b2'],
    ]);
    asks(turns, 'c', 'c1');
    expect(await soFar()).toEqual(['c1']);
  });

  it('begin in the turn after it where the answer to another of their tenant was there at once', async () => {
    const turns = new RequestTurns();
    asks(turns, 'a', 'a0').response.emit('finish');
    asks(turns, 'a', 'a1');
    expect(await soFar()).toEqual(['a0']);
    await turn();
    expect(await soFar()).toEqual(['a1']);
  });

  it('let what another has begun be answered before the next of their own', async () => {
    const turns = new RequestTurns(undefined, 60_000, 60_000);
    manyOf(turns, 'a', 3);
    const other = asks(turns, 'b', 'b0');
    expect(await soFar()).toEqual(['a0', 'b0']);
    for (let each = 0; each < 5; each++) await turn();
    expect(await soFar()).toEqual([]);
    other.response.emit('finish');
    for (let each = 0; each < 5; each++) await turn();
    expect(await soFar()).toEqual(['a1', 'a2']);
  });

  it('go on where what another has begun takes longer than usual', async () => {
    const turns = new RequestTurns(undefined, 60_000, 1);
    manyOf(turns, 'a', 3);
    asks(turns, 'b', 'b0');
    await until(async () => begun.length === 4);
    expect(await soFar()).toEqual(['a0', 'b0', 'a1', 'a2']);
  });

  it('wait while as many of their tenant are under way as may be, and go on when one is answered or takes long', async () => {
    const turns = new RequestTurns({ atOnce: 2, waiting: 10 }, 200);
    const asked = manyOf(turns, 'a', 4);
    await until(async () => begun.length === 2);
    for (let each = 0; each < 5; each++) await turn();
    expect(await soFar()).toEqual(['a0', 'a1']);
    asks(turns, 'b', 'b0');
    expect(await soFar()).toEqual(['b0']);
    asked[1]!.response.emit('finish');
    asked[1]!.response.emit('close');
    await turn();
    await turn();
    expect(await soFar()).toEqual(['a2']);
    await until(async () => begun.length === 1);
    expect(await soFar()).toEqual(['a3']);
  });

  it('are refused where as many of their tenant wait as may, until one begins or its caller hangs up', async () => {
    const turns = new RequestTurns({ atOnce: 1, waiting: 2 });
    const [first, second, third, fourth] = manyOf(turns, 'a', 4);
    await soFar();
    expect(fourth!.refused).toBeInstanceOf(TooManyAtOnce);
    expect(asks(turns, 'b', 'b0').refused).toBeUndefined();
    second!.response.emit('close');
    await soFar();
    expect(second!.refused).toBeInstanceOf(ClientDisconnected);
    expect(asks(turns, 'a', 'a4').refused).toBeUndefined();
    first!.response.emit('close');
    await until(async () => begun.includes('a2'));
    third!.response.emit('close');
    await until(async () => begun.includes('a4'));
  });
});
