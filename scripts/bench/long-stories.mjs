import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { DecisionRunner, KeptStates } from '../../dist/libs/deciding/src/index.js';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { idOf, newId, systemClock } from '../../dist/libs/kernel/src/index.js';
import { items, RewordItemCommand } from '../../dist/libs/planning/src/index.js';
import { eventCatalog } from '../../dist/libs/running/src/contracts.js';
import { actor, figure, inFolder, load, median, now } from './measuring.mjs';
import { logOf } from './story.mjs';

const turns = 5;
const lengths = [10_000, 100_000];
const catalog = eventCatalog();

/** The first command of a process to an item with a long story, and how long it keeps everybody else waiting. */
export const longStoryRows = () =>
  inFolder(async (folder) => {
    const rows = [];
    const perEvent = [];
    for (const length of lengths) {
      const log = await logOf(folder, `story-${length}.db`, 1, length);
      const documents = openSqliteDocumentStore(join(folder, `documents-${length}.db`));
      const cold = await measured(() => commandTo(log));
      perEvent.push(median(cold.map(({ took }) => took)) / length);
      // A process before this one has kept the state.
      const states = new KeptStates(documents);
      await commandTo(log, states);
      await until(() => documents.get('decision-states', `uppsala.item-${idOf('bench', '0')}`));
      const kept = await measured(() => commandTo(log, states));
      const told = length.toLocaleString('en');
      rows.push(
        rowOf(`first command to an item of ${told} events, no state kept: longest pause`, cold, 'pause', 50),
        rowOf(`first command to an item of ${told} events, its state kept`, kept, 'took', 100),
      );
      await log.close();
      await documents.close();
    }
    const [short, long] = perEvent;
    rows.push({
      work: 'first command to an item, no state kept: time an event at 100,000 events against 10,000',
      measured: `${figure(long * 1_000)} µs, ${(long / short).toFixed(2)} of ${figure(short * 1_000)} µs, load ${load()}`,
      reach: '≤ 1.5',
      held: long <= 1.5 * short,
    });
    return rows;
  });

function rowOf(work, all, name, most) {
  const figures = all.map((one) => one[name]);
  const [usual, least, worst] = [median(figures), Math.min(...figures), Math.max(...figures)];
  const both = `${figure(median(all.map(({ took }) => took)))} ms, longest pause ${figure(median(all.map(({ pause }) => pause)))} ms`;
  return {
    work,
    measured: `${figure(usual)} ms (${figure(least)}–${figure(worst)}); ${both}; ${all.length} turns, load ${load()}`,
    reach: `≤ ${most} ms`,
    held: usual <= most,
  };
}

/** By a runner of its own, which has folded nothing yet. The title is the one that it has: nothing is recorded. */
function commandTo(log, states) {
  const commandId = newId();
  const context = { tenant: 'uppsala', actor, commandId, correlationId: commandId };
  const runner = new DecisionRunner(log, catalog, systemClock, undefined, states);
  return runner.run(new RewordItemCommand(idOf('bench', '0'), { title: 'Uppdrag nummer 0' }, context), items);
}

/** How long each of some turns takes, and the longest time meanwhile in which nobody else had a turn. */
async function measured(work) {
  const all = [];
  for (let turn = 0; turn <= turns; turn++) {
    let pause = 0;
    let last = now();
    const others = setInterval(() => {
      pause = Math.max(pause, now() - last);
      last = now();
    }, 1);
    const from = now();
    await work();
    const took = now() - from;
    pause = Math.max(pause, now() - last);
    clearInterval(others);
    if (turn > 0) all.push({ took, pause });
  }
  return all;
}

async function until(found) {
  for (const end = now() + 60_000; !(await found());) {
    if (now() > end) throw new Error('No state was kept');
    await new Promise((later) => setTimeout(later, 10));
  }
}
