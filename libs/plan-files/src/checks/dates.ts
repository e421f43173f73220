import { isFollowedPeriod, say } from '#kernel';
import type { Path } from '../path.js';
import type { Check, Findings } from './check.js';

/** Periods exist and begin before they end, and lists that follow the calendar stand in its order. */
export const checkDates: Check = (file, findings) => {
  for (const { value: body, path } of file.parts('bodies')) {
    body.aliases?.forEach((alias, index) => inOrder(findings, alias, [...path, 'aliases', index]));
  }
  for (const { value: group, path } of file.parts('groups')) {
    ascending(findings, group.members, 'from', [...path, 'members']);
  }
  for (const { value: indicator, path } of file.parts('indicators')) {
    ascending(findings, indicator.values ?? [], 'period', [...path, 'values']);
    indicator.values?.forEach((value, index) => existing(findings, value, [...path, 'values', index]));
  }
  if (file.plan) {
    const { value: plan, path } = file.plan;
    inOrder(findings, plan.validity, [...path, 'validity']);
    plan.documents?.forEach(({ validity }, index) => {
      inOrder(findings, validity ?? {}, [...path, 'documents', index, 'validity']);
    });
    plan.calendar?.forEach((round, index) => {
      deadlineAfter(findings, round, [...path, 'calendar', index]);
      if ((round.year === undefined) === (round.recurs === undefined)) {
        findings.fault([...path, 'calendar', index], yearOrRecurs());
      }
    });
  }
  for (const { value: round, path } of file.parts('rounds')) deadlineAfter(findings, round, path);
  for (const { value: step, path } of file.steps) {
    if (step.openRound) deadlineAfter(findings, step.openRound, [...path, 'openRound']);
    if (step.recordValue) existing(findings, step.recordValue, [...path, 'recordValue']);
    if (step.correctValue) existing(findings, step.correctValue, [...path, 'correctValue']);
  }
};

function existing(findings: Findings, { period }: { readonly period: string }, path: Path): void {
  if (!isFollowedPeriod(period)) findings.fault([...path, 'period'], isNoPeriod({ period }));
}

// ISO dates of the same length sort as text.
function inOrder(findings: Findings, { from, to }: { from?: string; to?: string }, path: Path): void {
  if (from !== undefined && to !== undefined && to < from) {
    findings.fault([...path, 'to'], endsBefore({ to, from }));
  }
}

function deadlineAfter(
  findings: Findings,
  { deadline, referenceDate }: { readonly referenceDate?: string; readonly deadline?: string },
  path: Path,
): void {
  if (deadline !== undefined && referenceDate !== undefined && deadline < referenceDate) {
    findings.fault([...path, 'deadline'], isBeforeReference({ deadline, referenceDate }));
  }
}

function ascending<P extends string>(
  findings: Findings,
  list: readonly Readonly<Record<P, string>>[],
  property: P,
  path: Path,
): void {
  list.forEach((element, index) => {
    const before = list[index - 1]?.[property];
    if (before === undefined || before <= element[property]) return;
    findings.fault([...path, index, property], comesAfter({ later: element[property], before }));
  });
}

const isNoPeriod = say(
  '{period} is no period: a school year ends the year after',
  '{period} är ingen period: ett läsår slutar året efter',
  'no-period',
);
const endsBefore = say(
  '{to} is before {from}, where the period begins',
  '{to} är före {from}, där perioden börjar',
  'ends-before',
);
const yearOrRecurs = say(
  'is of a year, or recurs: give one of year and recurs',
  'gäller ett år eller återkommer: ge ett av year och recurs',
  'year-or-recurs',
);
const isBeforeReference = say(
  '{deadline} is before the reference date, {referenceDate}',
  '{deadline} är före mätdagen {referenceDate}',
  'deadline-before',
);
const comesAfter = say(
  '{later} comes after {before}; put the older one first',
  '{later} kommer efter {before}; ställ det äldre först',
  'not-in-order',
);
