import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import type { KnownThings } from '#deciding';
import type { Principal } from '#http-api';
import type { ReadModels } from '#projecting';
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
const controller = new RoundDirectoryController(new RoundReader(readModels, known));

describe('A round is shown', () => {
  it('as it was opened, and with the round before it', async () => {
    const { _id, tenant: _, ...content } = documents[1]!;
    expect(await controller.getRound('augusti', requester, reply)).toEqual({
      id: _id,
      ...content,
      reminders: [],
      previousRoundId: 'april',
    });
    expect(await controller.getRound('april', requester, reply)).not.toHaveProperty('previousRoundId');
  });

  it('to its own tenant only', async () => {
    await expect(controller.getRound('april', { ...requester, tenant: 'umea' }, reply)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(controller.getRound('bokslut', requester, reply)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('in the list of its plan', async () => {
    expect(
      (await controller.listRounds('plan', { limit: 20, offset: 0 }, requester)).items.map(({ id }) => id),
    ).toEqual(['april', 'augusti']);
  });
});
