import { afterAll, beforeAll } from '@jest/globals';
import { newId } from '#kernel';
import { startKurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import { describeEventStore } from '../testing/index.js';
import { openKurrentEventStore } from './index.js';

const server = process.env['KURRENTDB_URL'];
let double: KurrentDbDouble | undefined;

beforeAll(async () => {
  if (!server) double = await startKurrentDbDouble();
});
afterAll(() => double?.stop());

describeEventStore(server ? 'KurrentDB (the server of KURRENTDB_URL)' : 'KurrentDB (a protocol double)', async () => {
  const open = () => openKurrentEventStore(server ?? double!.url);
  const store = open();
  const own = newId().slice(-12);
  return {
    store,
    // Others' events come before; nobody else is expected to write while the suite runs.
    beginning: await store.head(),
    tenantNamed: (name) => `${name}-${own}`,
    openAgain: async () => open(),
    remove: async () => {},
  };
});
