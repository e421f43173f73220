import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepHeapTight } from '../../dist/libs/running/src/index.js';
import { inFolder, load, toldBy } from './measuring.mjs';
import { askedOf, makePlan } from './questions.mjs';

const items = 300;
const mostMegabytes = 300;
const turns = 20;

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
  for (let turn = 0; turn < turns; turn++) {
    for (const question of questions) await ask(question);
    await Promise.all(questions.map(ask));
  }
  await close();
  return { asked: 2 * turns * questions.length, megabytes: process.resourceUsage().maxRSS / 1_024 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , data, assessments] = process.argv;
  console.log(JSON.stringify(await askEverything(data, Number(assessments))));
}
