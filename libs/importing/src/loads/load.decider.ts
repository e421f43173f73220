import { digestOf, rule } from '#kernel';
import type { DomainCommand, RecordedFact } from '#kernel';
import type { Aggregate } from '#deciding';
import { takeBackUnderWay } from '#rounds';
import type { LoadBegun, LoadEvent, RecordedRange, TakingStep, UntakenStep } from './load.events.js';

export type BeginLoad = DomainCommand<'BeginLoad', Omit<LoadBegun['data'], 'loadId'>, void>;
export type ListLoad = DomainCommand<'ListLoad', { part: number; recorded: readonly RecordedRange[] }, void>;
export type FinishLoad = DomainCommand<'FinishLoad', { recorded: readonly RecordedRange[]; parts: number }, void>;
/** What it recorded is taken back, where nothing rests on it. */
export type TakeBackLoad = DomainCommand<'TakeBackLoad', { takeBackId: string; reason: string }, TakingFacts>;
/** Nothing of a taking back is left to be carried out. */
export type CloseTakeBack = DomainCommand<
  'CloseTakeBack',
  { takeBackId: string; undone: readonly UntakenStep[] },
  void
>;
export type LoadCommand = BeginLoad | ListLoad | FinishLoad | TakeBackLoad | CloseTakeBack;

/** What was found out about all that a load recorded. */
export interface TakingFacts {
  readonly steps: readonly TakingStep[];
  readonly kept: number;
  readonly examined: string;
}

export type Load = { readonly status: 'unknown' } | KnownLoad;

interface KnownLoad {
  /** One that is begun and not recorded was cut off: the same file again goes on with it. */
  readonly status: 'begun' | 'recorded';
  readonly digest: string;
  readonly planId?: string;
  /** That which is decided and not carried out yet. */
  readonly takingBack?: string;
  readonly isTakenBack: boolean;
}

export const loads: Aggregate<LoadCommand, Load, LoadEvent> = {
  category: 'load',
  decider: { initialState: { status: 'unknown' }, decide, evolve },
};

/** So many ranges stand in the event that counts them; of more, parts do before it. */
export const rangesInPart = 1_000;

function decide(command: LoadCommand, load: Load): LoadEvent[] {
  const { id: loadId } = command;
  if (command.type === 'BeginLoad') {
    return load.status === 'unknown' ? [{ type: 'LoadBegun', data: { loadId, ...command.data } }] : [];
  }
  if (load.status === 'unknown') throw notRecorded({ load: loadId });
  switch (command.type) {
    case 'ListLoad': {
      const { part, recorded } = command.data;
      return load.status === 'begun' ? [{ type: 'LoadListed', data: { loadId, part, recorded: [...recorded] } }] : [];
    }
    case 'FinishLoad':
      return load.status === 'begun' ? [recordedBy(command, load)] : [];
    case 'TakeBackLoad':
      return takeBack(command, load);
    case 'CloseTakeBack':
      return close(command, load);
  }
}

function recordedBy({ data: { parts, recorded }, id: loadId }: FinishLoad, load: KnownLoad): LoadEvent {
  const ids = new Set(recorded.map(({ category, id }) => `${category}-${id}`));
  const told = { streams: ids.size, events: recorded.reduce((sum, { from, to }) => sum + to - from + 1, 0) };
  const list = { listDigest: digestOf(recorded), parts, recorded: parts > 0 ? [] : [...recorded] };
  return { type: 'LoadRecorded', data: { loadId, ...ofPlan(load), ...told, ...list } };
}

function takeBack({ data, facts, id: loadId }: TakeBackLoad, load: KnownLoad): LoadEvent[] {
  if (load.status !== 'recorded') throw cutOff({ load: loadId });
  if (load.takingBack !== undefined) throw takeBackUnderWay({ load: loadId });
  const { examined, kept, steps } = facts;
  if (steps.length === 0) return [];
  return [
    { type: 'LoadTakeBackDecided', data: { loadId, ...ofPlan(load), ...data, steps: [...steps], kept, examined } },
  ];
}

/** Whoever comes second finds it closed. */
function close({ data: { takeBackId, undone }, id: loadId }: CloseTakeBack, load: KnownLoad): LoadEvent[] {
  if (load.takingBack !== takeBackId) return [];
  return [{ type: 'LoadTakenBack', data: { loadId, ...ofPlan(load), takeBackId, undone: [...undone] } }];
}

const ofPlan = ({ planId }: KnownLoad) => (planId === undefined ? {} : { planId });

function evolve(load: Load, { data, type }: RecordedFact<LoadEvent>): Load {
  if (type === 'LoadBegun') {
    const { digest, planId } = data;
    return { status: 'begun', digest, ...(planId !== undefined && { planId }), isTakenBack: false };
  }
  if (load.status === 'unknown') return load;
  switch (type) {
    case 'LoadListed':
      return load;
    case 'LoadRecorded':
      return { ...load, status: 'recorded' };
    case 'LoadTakeBackDecided':
      return { ...load, takingBack: data.takeBackId };
    case 'LoadTakenBack': {
      const { takingBack: _, ...rest } = load;
      return { ...rest, isTakenBack: true };
    }
  }
}

/** What was loaded before loads were events of their own has none. */
export const notRecorded = rule(
  'load-recorded',
  'There is no load {load}: what was loaded before loads were recorded is taken back thing by thing',
  'Det finns ingen inläsning {load}: det som lästes in innan inläsningar registrerades tas tillbaka var sak för sig',
);
const cutOff = rule(
  'load-recorded-whole',
  'The load {load} was cut off; load its file again, and take it back then',
  'Inläsningen {load} avbröts; läs in filen igen och ta tillbaka den sedan',
);
