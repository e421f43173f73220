import { say, term } from '#kernel';
import type { Said } from '#kernel';
import type { Path } from '../path.js';
import type { Check, Findings } from './check.js';
import { courseNames } from './sifted-file.js';
import type { SiftedFile } from './sifted-file.js';

/** What is unique as a whole, and not by one property. */
const wholes = {
  round: term('round', 'a round of the same year', 'en uppföljning samma år'),
  scale: term('scale', 'a scale and version', 'en skala och version'),
  link: term('link', 'a link of the same kind', 'en länk av samma slag'),
};

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
    ({ kind, year, month }) => JSON.stringify([kind, year, month]),
    'kind',
    wholes.round,
  );
  unique(file, findings, ['scales'], ({ key, version }) => JSON.stringify([key, version]), 'key', wholes.scale);
  for (const name of courseNames) unique(file, findings, [name, 'steps'], ({ key }) => key, 'key');
  unique(
    file,
    findings,
    ['successions'],
    (link) => JSON.stringify([link['from'], link['to'], link['kind']]),
    undefined,
    wholes.link,
  );
  const ends = (link: Readonly<Record<string, unknown>>) => JSON.stringify([link['from'], link['to']]);
  unique(file, findings, ['answers'], ends, undefined, wholes.link);
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
  whole?: Said,
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
    const value = JSON.stringify(id);
    findings.fault(path, whole ? repeats({ whole, earlier }) : isOfAnother({ value, property: property!, earlier }));
  });
}

/** Steps open rounds too, beside those that the file lists. */
function checkOpenedRounds(file: SiftedFile, findings: Findings): void {
  const opened = new Set(file.declared(['rounds'], 'key'));
  for (const { value: step, path } of file.steps) {
    const key = step.openRound?.key;
    if (key === undefined) continue;
    if (opened.has(key)) findings.fault([...path, 'openRound', 'key'], existsAlready({ key }));
    opened.add(key);
  }
}

const repeats = say('repeats {whole}: [{earlier}] is the same', 'upprepar {whole}: [{earlier}] är samma', 'not-unique');
const isOfAnother = say(
  '{value} is the {property} of [{earlier}] already',
  '{value} är redan {property} för [{earlier}]',
  'not-unique',
);
const existsAlready = say('the round "{key}" exists already', 'uppföljningen "{key}" finns redan', 'not-unique');
