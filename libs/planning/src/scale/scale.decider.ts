import { digestOf, foldOf, RuleViolation } from '#kernel';
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

function decide(command: ScaleCommand, scale: Scale): ScaleEvent[] {
  const { data, id } = command;
  const levels = bestFirst(data.levels);
  if (command.type === 'DefineScale') {
    if (scale.status === 'defined') throw new RuleViolation('scale-defined-once', `${scale.name} is defined already`);
    const { version = 1, ...definition } = command.data;
    return [{ type: 'ScaleDefined', data: { scaleId: id, ...definition, version, levels } }];
  }
  if (scale.status === 'undefined') throw new RuleViolation('scale-defined', 'The scale is not defined');
  if (digestOf(levels) === digestOf(scale.versions[scale.newest])) return [];
  return [{ type: 'ScaleRevised', data: { scaleId: id, version: scale.newest + 1, levels } }];
}

/** @throws RuleViolation where codes or ranks do not make a scale */
function bestFirst(levels: readonly Level[]): Level[] {
  if (levels.length < 2) throw new RuleViolation('scale-has-levels', 'A scale has at least two levels');
  const repeated = levels.find(({ code }, index) => levels.findIndex((other) => other.code === code) < index);
  if (repeated) throw new RuleViolation('level-codes-differ', `The level ${repeated.code} is given twice`);
  const ordered = [...levels].sort((left, right) => left.rank - right.rank);
  if (ordered.some(({ rank }, index) => rank !== index + 1)) {
    const ranks = ordered.map(({ rank }) => rank).join(', ');
    throw new RuleViolation('ranks-count-up', `The ranks must be 1 to ${levels.length}, each once, and are ${ranks}`);
  }
  return ordered;
}
