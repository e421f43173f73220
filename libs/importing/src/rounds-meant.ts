import { setImmediate as othersTurn } from 'node:timers/promises';
import { streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import type { PlanFile } from '#plan-files';
import { AssessItemCommand } from '#planning';
import { OpenRoundCommand } from '#rounds';
import { KeyedIds } from './keyed-ids.js';
import type { LoadBatch, LoadContext, LoadStep } from './load-step.js';
import { stepsOfFile } from './steps-of-file.js';

/** So many steps are looked at between the turns of others. */
const inATurn = 16;

type ReadStream = (stream: string) => Promise<readonly StoredEvent[]>;

/**
 * The commands that a plan file stands for. A key that a cancelled round had means the one that stands, or is to be; a step that
 * was carried out before is about the round that it was about then, so that the same file again changes nothing.
 */
export async function stepsMeant(file: PlanFile, context: LoadContext, readStream: ReadStream): Promise<LoadBatch[]> {
  const { tenant } = context;
  const cancelled = await cancelledRounds(file, tenant, readStream);
  const most = Math.max(0, ...cancelled.values());
  const inTurn = Array.from({ length: most + 1 }, (_, nth) => {
    const place = (plan: string, key: string) => Math.min(nth, cancelled.get(nameOf(plan, key)) ?? 0) + 1;
    return stepsOfFile(file, context, new KeyedIds(tenant, place));
  });
  const meant = inTurn.pop()!;
  if (inTurn.length === 0) return meant;
  const before = async (step: LoadStep, batch: number, place: number): Promise<LoadStep> => {
    for (const steps of inTurn) {
      const then = steps[batch]![place]!;
      if (await isRecorded(then, tenant, readStream)) return then;
    }
    return step;
  };
  const batches: LoadStep[][] = [];
  let asked = 0;
  for (const [nth, batch] of meant.entries()) {
    const steps: LoadStep[] = [];
    batches.push(steps);
    for (const [place, step] of batch.entries()) {
      if (asked++ % inATurn === 0) await othersTurn();
      steps.push(await before(step, nth, place));
    }
  }
  return batches;
}

const nameOf = (plan: string, key: string): string => `${plan}:${key}`;

/** By plan and key, how many rounds of a file have been cancelled that were called so. */
async function cancelledRounds(
  { history, rounds = [], scenario }: PlanFile,
  tenant: string,
  readStream: ReadStream,
): Promise<ReadonlyMap<string, number>> {
  const courses = [history, scenario].filter((course) => course !== undefined);
  const ofSteps = courses.flatMap(({ plan, steps }) =>
    steps.flatMap(({ assess, openRound }) => openRound?.key ?? assess?.round ?? []).map((key) => ({ plan, key })),
  );
  const named = [...rounds, ...ofSteps];
  const counted = new Map<string, number>();
  for (const { key, plan } of named) {
    if (counted.has(nameOf(plan, key))) continue;
    for (let nth = 1; ; nth++) {
      const events = await readStream(streamName(tenant, 'round', new KeyedIds(tenant, () => nth).round(plan, key)));
      if (events.some(({ type }) => type === 'RoundCancelled')) continue;
      counted.set(nameOf(plan, key), nth - 1);
      break;
    }
  }
  return counted;
}

/** Whether a step that names a round was carried out for that one. */
async function isRecorded({ command }: LoadStep, tenant: string, readStream: ReadStream): Promise<boolean> {
  const category = command instanceof OpenRoundCommand ? 'round' : command instanceof AssessItemCommand ? 'item' : '';
  if (category === '') return false;
  const roundId = command instanceof AssessItemCommand ? command.data.roundId : command.id;
  const events = await readStream(streamName(tenant, category, command.id));
  return events.some(
    ({ data, metadata }) => metadata.commandId === command.context.commandId && data['roundId'] === roundId,
  );
}
