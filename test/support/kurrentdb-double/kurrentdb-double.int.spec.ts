import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { binaryEvent, jsonEvent, KurrentDBClient, NO_STREAM, streamNameFilter } from '@kurrent/kurrentdb-client';
import { startKurrentDbDouble } from './kurrentdb-double.mjs';
import type { KurrentDbDouble } from './kurrentdb-double.mjs';

const stream = 'uppsala.a-1';
const events = (...numbers: number[]) => numbers.map((number) => jsonEvent({ type: 'Noted', data: { number } }));

/** What a read gives: `revision:type` of each event, or the type of what it fails with. */
async function told(
  read: AsyncIterable<{ readonly event?: { readonly revision: bigint; readonly type: string } }>,
): Promise<string[] | string> {
  const seen: string[] = [];
  try {
    for await (const { event } of read) seen.push(`${event!.revision}:${event!.type}`);
    return seen;
  } catch (error) {
    return typeOf(error);
  }
}

const typeOf = (error: unknown): string => (error as { type: string }).type;

describe('The double of KurrentDB, as the official client sees it,', () => {
  let double: KurrentDbDouble;
  let client: KurrentDBClient;

  beforeEach(async () => {
    double = await startKurrentDbDouble();
    client = KurrentDBClient.connectionString(double.url);
    await client.appendToStream(stream, events(0, 1, 2), { streamState: NO_STREAM });
  });
  afterEach(async () => {
    await client.dispose();
    await double.stop();
  });

  const wholeLog = () => told(client.readAll({ filter: streamNameFilter({ regex: '^[^$]' }) }));

  it('trims a stream for its readers at once, and the log when it is scavenged', async () => {
    await client.setStreamMetadata(stream, { truncateBefore: 2 });
    expect(await told(client.readStream(stream))).toEqual(['2:Noted']);
    await client.setStreamMetadata(stream, { maxCount: 2 });
    expect(await told(client.readStream(stream))).toEqual(['1:Noted', '2:Noted']);
    expect(await wholeLog()).toEqual(['0:Noted', '1:Noted', '2:Noted']);
    await double.scavenge();
    expect(await wholeLog()).toEqual(['1:Noted', '2:Noted']);
  });

  it('lets events expire', async () => {
    await client.setStreamMetadata(stream, { maxAge: 0 });
    expect(await told(client.readStream(stream))).toBe('stream-not-found');
    expect(await wholeLog()).toHaveLength(3);
  });

  it('takes a deleted stream for a new one, whose revisions go on', async () => {
    await client.deleteStream(stream);
    expect(await told(client.readStream(stream))).toBe('stream-not-found');
    const { nextExpectedRevision } = await client.appendToStream(stream, events(3), { streamState: NO_STREAM });
    expect(nextExpectedRevision).toBe(3n);
    expect(await told(client.readStream(stream))).toEqual(['3:Noted']);
    expect(await wholeLog()).toHaveLength(4);
  });

  it('ends a stream for good with a tombstone, which lies in it', async () => {
    await client.tombstoneStream(stream);
    expect(await told(client.readStream(stream))).toBe('stream-deleted');
    await expect(client.appendToStream(stream, events(3))).rejects.toMatchObject({ type: 'stream-deleted' });
    expect(await wholeLog()).toEqual(['0:Noted', '1:Noted', '2:Noted', `${2n ** 63n - 1n}:$streamDeleted`]);
  });

  it('keeps what other applications write: without metadata, and binary', async () => {
    await client.appendToStream('other', binaryEvent({ type: 'Sent', data: Buffer.from([1, 2]) }));
    for await (const { event } of client.readStream('other')) {
      expect(event).toMatchObject({ isJson: false, metadata: undefined });
    }
  });

  it('refuses to read from within a record, and reads on from where a record was', async () => {
    const positions: bigint[] = [];
    for await (const { event } of client.readAll({ filter: streamNameFilter({ regex: '^[^$]' }) })) {
      positions.push(event!.position.commit);
    }
    const from = (commit: bigint) =>
      told(
        client.readAll({
          fromPosition: { commit, prepare: commit },
          filter: streamNameFilter({ prefixes: ['uppsala.'] }),
        }),
      );
    expect(await from(positions[1]! - 1n)).toBe('unavailable');
    await client.setStreamMetadata(stream, { truncateBefore: 2 });
    await double.scavenge();
    expect(await from(positions[1]!)).toEqual(['2:Noted']);
  });

  it('denies rights by call and stream until it is told otherwise', async () => {
    double.deny({ call: 'append', stream });
    double.deny({ call: 'read' });
    await expect(client.appendToStream(stream, events(3))).rejects.toMatchObject({ type: 'access-denied' });
    expect(await told(client.readStream(stream))).toBe('access-denied');
    expect(await wholeLog()).toHaveLength(3);
    double.allowAll();
    expect(await told(client.readStream(stream))).toHaveLength(3);
  });

  it('has followers that lag, and that send to the leader who requires one', async () => {
    const follower = await startKurrentDbDouble({ follows: double, lagMilliseconds: 1_000 });
    const lagging = KurrentDBClient.connectionString(`${follower.url}&nodePreference=follower`);
    const read = () => told(lagging.readStream(stream));
    expect(await read()).toHaveLength(3);
    await client.appendToStream(stream, events(3));
    expect(await read()).toHaveLength(3);
    while ((await read()).length < 4);
    await expect(lagging.appendToStream(stream, events(4), { requiresLeader: true })).rejects.toMatchObject({
      type: 'not-leader',
      leader: { port: double.port },
    });
    await lagging.dispose();
    await follower.stop();
  });
});
