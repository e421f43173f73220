import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyOfLogFile, meddleWithFile } from '#event-store/testing';
import { until } from '#kernel/testing';
import { Engines } from '../testing/engines.js';
import { tallyOf } from '../testing/tallies.js';

const older = tallyOf('tally');
const newer = tallyOf('tally', undefined, 10);

describe('Documents that are made anew from a log that has lost something', () => {
  let engines: Engines;
  let meddle: ReturnType<typeof meddleWithFile>;

  beforeEach(async () => {
    engines = await Engines.open();
    meddle = meddleWithFile(join(engines.folder, 'events.db'));
  });
  afterEach(() => engines.close());

  /** Documents of two streams, made by an engine that has ended. */
  async function documentsOfTwo() {
    const { engine, readModels } = engines.run([older]);
    await engines.note('t.a-2', [1, 2]);
    await engines.note('t.a-1', [1, 2, 3]);
    await readModels.waitFor(await engines.eventStore.head());
    await engine.stop();
  }

  /** An engine that begins to make them anew by itself, since its projection is of another version. */
  function runNewer() {
    const { admin, engine, readModels } = engines.run([newer]);
    const status = async () => (await admin.status())[0]!;
    return {
      admin,
      engine,
      status,
      held: async () => {
        await until(async () => (await status()).buildHeld !== undefined);
        return (await status()).buildHeld!;
      },
      countOf: async (stream: string) => (await readModels.get(newer, stream))?.count,
    };
  }

  it('do not take over where a stream has lost its beginning, and the old ones answer on', async () => {
    await documentsOfTwo();
    await meddle.trim('t.a-1', 1);
    const { countOf, held, status } = runNewer();
    expect(await held()).toBe(
      'The log is damaged: revision 0 of t.a-1 is missing, and revision 1 is there instead. ' +
        'The log lacks 1 event that the documents of tally hold',
    );
    expect(await status()).toMatchObject({ version: 1, rebuilding: true });
    expect(await countOf('t.a-1')).toBe(3);
    const errors = () => engines.told.filter(({ level }) => level === 'error');
    await until(() => errors().length > 0);
    expect(errors()).toHaveLength(1);
  });

  it('do not take over where all of a stream is gone, of which the log itself says nothing any longer', async () => {
    await documentsOfTwo();
    await meddle.removeStream('t.a-2');
    const { admin, countOf, held } = runNewer();
    expect(await held()).toBe('The log lacks 2 events that the documents of tally hold');
    expect(await countOf('t.a-2')).toBe(2);
    expect(await admin.verify('tally')).toMatchObject({ damagedStreams: 0, lostEvents: 2 });
  });

  it('take over where it was said that they may', async () => {
    await documentsOfTwo();
    await meddle.removeStream('t.a-2');
    const { admin, countOf, held, status } = runNewer();
    await held();
    await admin.rebuild('tally', { despiteDamage: true });
    await until(async () => !(await status()).rebuilding);
    expect(await countOf('t.a-1')).toBe(30);
    expect(await countOf('t.a-2')).toBeUndefined();
    expect(await status()).toMatchObject({ version: 10, state: 'current' });
    expect(await status()).not.toHaveProperty('buildHeld');
    expect(await admin.verify('tally')).toMatchObject({ lostEvents: 0 });
  });

  it('take over by themselves once the log is whole again, and are looked at anew for that', async () => {
    await documentsOfTwo();
    const whole = await copyOfLogFile(join(engines.folder, 'events.db'));
    await meddle.trim('t.a-1', 2);
    const { admin, held, status } = runNewer();
    await held();
    await engines.replaceLogFile(whole);
    await admin.retry('tally');
    await until(async () => !(await status()).rebuilding);
    expect(await status()).toMatchObject({ version: 10, state: 'current' });
  });

  it('are held also where a log was accepted that is not whole', async () => {
    await documentsOfTwo();
    await engines.replaceLog({ 't.a-1': [1, 2, 3] });
    await engines.acceptLog();
    await engines.meddle().trim('t.a-1', 1);
    const { held } = runNewer();
    expect(await held()).toMatch(/revision 0 of t.a-1 is missing/);
  });

  it('take over where a log was accepted that is shorter, and whole', async () => {
    await documentsOfTwo();
    await engines.replaceLog({ 't.a-1': [1] });
    await engines.acceptLog();
    const { countOf, status } = runNewer();
    await until(async () => (await status()).state === 'current');
    expect(await countOf('t.a-1')).toBe(10);
    expect(await countOf('t.a-2')).toBeUndefined();
  });
});
