import { digestOf, foldOf, rule, whileThereIsRoom } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { Aggregate } from '#deciding';
import type { Level, ScaleEvent } from './scale.events.js';

export type DefineScale = DomainCommand<
  'DefineScale',
  { key?: string; name: string; version?: number; levels: readonly Level[] },
  void
>;
export type ReviseScale = DomainCommand<'ReviseScale', { levels: readonly Level[] }, void>;
export type ScaleCommand = DefineScale | ReviseScale;

export type Scale =
  | { readonly status: 'undefined' }
  | {
      readonly status: 'defined';
      readonly name: string;
      readonly newest: number;
      /** The levels of each version, best first. */
      readonly versions: Readonly<Record<number, readonly Level[]>>;
    };

const { evolve, folding } = foldOf<Scale, ScaleEvent>((scale, event, own) => {
  const { levels, version } = event.data;
  if (event.type === 'ScaleDefined') {
    return { status: 'defined', name: event.data.name, newest: version, versions: { [version]: levels } };
  }
  if (scale.status === 'undefined') return scale;
  const next = own(scale);
  const versions = own(next.versions);
  versions[version] = levels;
  return Object.assign(next, { newest: version, versions });
});

export const scales: Aggregate<ScaleCommand, Scale, ScaleEvent> = {
  category: 'scale',
  decider: { initialState: { status: 'undefined' }, decide, evolve, folding },
};

/** So many levels are kept, of all versions together. */
const mostLevels = 500;

function decide(command: ScaleCommand, scale: Scale): ScaleEvent[] {
  const { data, id } = command;
  const levels = bestFirst(data.levels);
  if (command.type === 'DefineScale') {
    if (scale.status === 'defined') throw definedAlready({ scale: scale.name });
    const { version = 1, ...definition } = command.data;
    return [{ type: 'ScaleDefined', data: { scaleId: id, ...definition, version, levels } }];
  }
  if (scale.status === 'undefined') throw notDefined();
  if (digestOf(levels) === digestOf(scale.versions[scale.newest])) return [];
  const kept = Object.values(scale.versions).reduce((sum, version) => sum + version.length, 0);
  const revised: ScaleEvent = { type: 'ScaleRevised', data: { scaleId: id, version: scale.newest + 1, levels } };
  return whileThereIsRoom([revised], kept, mostLevels);
}

/** @throws RuleViolation where codes or ranks do not make a scale */
function bestFirst(levels: readonly Level[]): Level[] {
  if (levels.length < 2) throw tooFewLevels();
  const repeated = levels.find(({ code }, index) => levels.findIndex((other) => other.code === code) < index);
  if (repeated) throw levelTwice({ level: repeated.code });
  const ordered = [...levels].sort((left, right) => left.rank - right.rank);
  if (ordered.some(({ rank }, index) => rank !== index + 1)) {
    throw ranksWrong({ levels: levels.length, ranks: ordered.map(({ rank }) => rank) });
  }
  return ordered;
}

const definedAlready = rule('scale-defined-once', '{scale} is defined already', '{scale} är redan definierad');
const notDefined = rule('scale-defined', 'The scale is not defined', 'Skalan är inte definierad');
const tooFewLevels = rule('scale-has-levels', 'A scale has at least two levels', 'En skala har minst två nivåer');
const levelTwice = rule('level-codes-differ', 'The level {level} is given twice', 'Nivån {level} anges två gånger');
const ranksWrong = rule(
  'ranks-count-up',
  'The ranks must be 1 to {levels}, each once, and are {ranks}',
  'Rangordningen ska vara 1 till {levels}, var och en en gång, men är {ranks}',
);
