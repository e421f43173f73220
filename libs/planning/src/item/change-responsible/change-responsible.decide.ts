import type { DomainCommand } from '#kernel';
import { ofItemInForce, subjectOf } from '../item.rules.js';
import { holdsAlready } from '../item.series.js';

export type ChangeResponsible = DomainCommand<
  'ChangeResponsible',
  { responsible: readonly string[]; reason?: string },
  void
>;

export const changeResponsible = ofItemInForce<ChangeResponsible>((command, item) => {
  const { data, effectiveOn: day } = command;
  const responsible = [...data.responsible];
  if (holdsAlready(item, 'responsible', responsible, day)) return [];
  return [{ type: 'ItemResponsibleChanged', data: { ...subjectOf(command, item), ...data, responsible } }];
});
