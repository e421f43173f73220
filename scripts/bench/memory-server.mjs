import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepHeapTight } from '../../dist/libs/running/src/index.js';
import { inFolder, load, toldBy } from './measuring.mjs';
import { askedOf, makePlan } from './questions.mjs';

const items = 300;
const mostMegabytes = 300;
const turns = 20;
/** It reads the stream of every item: a turn of it costs as much as all the others. */
const [costly, costlyTurns] = ['appendix', 2];

/** How much memory an API takes that is asked everything of a plan with so many events. */
export const memoryOfServerRows = (events) =>
  inFolder(async (folder) => {
    const data = join(folder, 'data');
    const assessments = events / items;
    await makePlan(data, { items, assessments });
    // In a process of its own, which has made none of the documents.
    const { asked, megabytes } = await toldBy(fileURLToPath(import.meta.url), data, String(assessments));
    return [
      {
        work: `memory of an API that is asked everything of ${events.toLocaleString('en')} events`,
        measured: `${megabytes.toFixed(0)} MB at the most after ${asked} questions, load ${load()}`,
        reach: `≤ ${mostMegabytes} MB`,
        held: megabytes <= mostMegabytes,
      },
    ];
  });

/** Each question several times, and several questions at once. */
async function askEverything(data, assessments) {
  keepHeapTight();
  const { ask, close, questions } = await askedOf(data, { items, assessments });
  let asked = 0;
  for (let turn = 0; turn < turns; turn++) {
    const some = questions.filter((question) => question !== costly || turn < costlyTurns);
    for (const question of some) await ask(question);
    await Promise.all(some.map(ask));
    asked += 2 * some.length;
  }
  await close();
  return { asked, megabytes: process.resourceUsage().maxRSS / 1_024 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , data, assessments] = process.argv;
  console.log(JSON.stringify(await askEverything(data, Number(assessments))));
}
