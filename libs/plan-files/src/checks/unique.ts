import type { Path } from '../path.js';
import type { Check, Findings } from './check.js';
import type { SiftedFile } from './sifted-file.js';

/** What must not occur twice, beside the names that a YAML mapping itself keeps unique. */
export const checkUnique: Check = (file, findings) => {
  for (const section of ['bodies', 'groups', 'items', 'indicators', 'rounds']) {
    unique(file, findings, [section], ({ key }) => key, 'key');
  }
  unique(file, findings, ['plan', 'kinds'], ({ code }) => code, 'code');
  unique(file, findings, ['plan', 'documents'], ({ key }) => key, 'key');
  unique(
    file,
    findings,
    ['plan', 'calendar'],
    ({ kind, year }) => JSON.stringify([kind, year]),
    'kind',
    'a round of the same year',
  );
  unique(
    file,
    findings,
    ['scales'],
    ({ key, version }) => JSON.stringify([key, version]),
    'key',
    'a scale and version',
  );
  unique(file, findings, ['scenario', 'steps'], ({ key }) => key, 'key');
  unique(file, findings, ['successions'], (link) => JSON.stringify([link['from'], link['to']]), undefined, 'a link');
  for (const { path } of file.parts('scales')) {
    unique(file, findings, [...path, 'levels'], ({ code }) => code, 'code');
    unique(file, findings, [...path, 'levels'], ({ rank }) => rank, 'rank');
  }
  for (const { path } of file.parts('indicators')) {
    unique(file, findings, [...path, 'values'], ({ period }) => period, 'period');
  }
  for (const { path } of file.parts('groups')) unique(file, findings, [...path, 'members'], ({ from }) => from, 'from');
  checkOpenedRounds(file, findings);
};

type Properties = Readonly<Record<string, unknown>>;

function unique(
  file: SiftedFile,
  findings: Findings,
  list: Path,
  identity: (element: Properties) => unknown,
  property?: string,
  what = `the ${property}`,
): void {
  const elements = file.at(list);
  if (!Array.isArray(elements)) return;
  const first = new Map<unknown, number>();
  elements.forEach((element: unknown, index) => {
    const id = typeof element === 'object' && element !== null ? identity(element as Properties) : undefined;
    if (id === undefined) return;
    const earlier = first.get(id);
    if (earlier === undefined) return void first.set(id, index);
    const path = property ? [...list, index, property] : [...list, index];
    const said =
      property && what === `the ${property}` ? `${JSON.stringify(id)} is ${what} of [${earlier}] already` : undefined;
    findings.fault(path, said ?? `repeats ${what}: [${earlier}] is the same`);
  });
}

/** A scenario opens rounds of its own, beside those that the file lists. */
function checkOpenedRounds(file: SiftedFile, findings: Findings): void {
  const opened = new Set(file.declared(['rounds'], 'key'));
  for (const { value: step, path } of file.steps) {
    const key = step.openRound?.key;
    if (key === undefined) continue;
    if (opened.has(key)) findings.fault([...path, 'openRound', 'key'], `the round "${key}" exists already`);
    opened.add(key);
  }
}
