import { afterAll, beforeAll } from '@jest/globals';
import { newId } from '#kernel';
import { startKurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { ForeignEvent } from '../own-events.js';
import type { KurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import { describeEventStore, describeMeddledLog } from '../testing/index.js';
import { openKurrentEventStore } from './index.js';
import type { KurrentOptions } from './index.js';
import { meddleOverTheProtocol } from './testing/meddling.js';

const server = process.env['KURRENTDB_URL'];
let double: KurrentDbDouble | undefined;

beforeAll(async () => {
  if (!server) double = await startKurrentDbDouble();
});
afterAll(() => double?.stop());

const name = server ? 'KurrentDB (the server of KURRENTDB_URL)' : 'KurrentDB (a protocol double)';

async function open(options: KurrentOptions = {}) {
  const again = () => openKurrentEventStore(server ?? double!.url, options);
  const store = again();
  const own = newId().slice(-12);
  return {
    store,
    // Others' events come before; nobody else is expected to write while the suite runs.
    beginning: await store.head(),
    tenantNamed: (name: string) => `${name}-${own}`,
    openAgain: async () => again(),
    remove: async () => {},
  };
}

describeEventStore(name, open);

describeMeddledLog(
  name,
  async () => {
    const foreign: ForeignEvent[] = [];
    let before = true;
    const log = await open({ onForeign: (event) => !before && foreign.push(event) });
    // What others wrote before the test is met here.
    await log.store.readAll({ limit: 100_000 });
    before = false;
    const { end, ...meddle } = meddleOverTheProtocol(server ?? double!.url);
    return { ...log, ...meddle, foreign, remove: end };
  },
  { endsStreams: true },
);
