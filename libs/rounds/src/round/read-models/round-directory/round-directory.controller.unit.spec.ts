import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import type { KnownThings } from '#deciding';
import { CostlyWork, Moments } from '#http-api';
import type { Principal } from '#http-api';
import type { ReadModels, Replay } from '#projecting';
import { roundDocument } from '../../../testing/round.examples.js';
import { RoundDirectoryController } from './round-directory.controller.js';
import type { RoundDocument } from './round-directory.projection.js';
import { RoundReader } from './round-directory.reader.js';

const requester = { tenant: 'uppsala' } as Principal;
const round = (_id: string, referenceDate: string): RoundDocument =>
  roundDocument({ _id, kind: _id, label: _id, referenceDate, deadline: '2025-12-31' });
const documents = [round('april', '2025-03-31'), round('augusti', '2025-08-31')];

/** A double of the read models. */
const readModels = {
  get: (_: unknown, id: string) => Promise.resolve(documents.find(({ _id }) => _id === id)),
  find: () => Promise.resolve(documents),
  count: () => Promise.resolve(documents.length),
} as unknown as ReadModels;
/** A double of what is known: nobody asks where a list has something. */
const known = {} as KnownThings;
/** A double of the reply, which is told the revision only. */
const reply = { header: () => reply } as unknown as FastifyReply;
/** A double of the replay: no moment is asked for. */
const replay = {} as Replay;
const moments = new Moments({ now: () => new Date('2025-06-01T10:00:00.000Z') });
const controller = new RoundDirectoryController(new RoundReader(readModels, known, replay), moments, new CostlyWork());
const { signal } = new AbortController();
const show = (id: string, by = requester) => controller.getRound(id, {}, by, reply, signal);

describe('A round is shown', () => {
  it('as it was opened, and with the round before it', async () => {
    const { _id, tenant: _, ...content } = documents[1]!;
    expect(await show('augusti')).toEqual({
      id: _id,
      ...content,
      reminders: [],
      previousRoundId: 'april',
      asOf: '2025-06-01',
    });
    expect(await show('april')).not.toHaveProperty('previousRoundId');
  });

  it('to its own tenant only', async () => {
    await expect(show('april', { ...requester, tenant: 'umea' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(show('bokslut')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('in the list of its plan', async () => {
    expect(
      (await controller.listRounds('plan', { limit: 20, offset: 0 }, requester, signal)).items.map(({ id }) => id),
    ).toEqual(['april', 'augusti']);
  });
});
