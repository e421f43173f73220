import { say, term } from '#kernel';
import type { Said } from '#kernel';
import type { Path } from '../path.js';
import type {
  ExternalReference,
  PlanFileAttested,
  PlanFileDecision,
  PlanFileIndicator,
  PlanFileItem,
  PlanFileStep,
} from '../plan-file.js';
import type { Check, Findings } from './check.js';
import { courseNames } from './sifted-file.js';
import type { CourseName, Part, SiftedFile } from './sifted-file.js';
import { NearestKeys } from './nearest-key.js';

/**
 * Every reference points at something. One that the file does not settle is external where another file may hold the
 * answer: a file that lists bodies lists all it speaks of, a file that lists none takes them from the organisation.
 */
export const checkReferences: Check = (file, findings) => {
  const refer = new References(file, findings);
  for (const { value: group, path } of file.parts('groups')) {
    group.members.forEach(({ bodies }, index) => refer.toBodies(bodies, [...path, 'members', index, 'bodies']));
  }
  checkPlan(file, refer);
  checkItems(file, findings, refer);
  checkIndicators(file, refer);
  for (const { value: link, path } of [...file.parts('successions'), ...file.parts('answers')]) {
    for (const end of ['from', 'to'] as const) {
      refer.toPlan(link[end].plan, [...path, end, 'plan']);
      refer.toItem(link[end].item, [...path, end, 'item'], link[end].plan);
    }
    refer.toDecider(link.decision, path);
  }
  for (const { value: round, path } of file.parts('rounds')) {
    refer.toPlan(round.plan, [...path, 'plan']);
    refer.toKinds(round.scope, [...path, 'scope'], round.plan);
  }
  for (const name of courseNames) checkCourse(name, file, refer);
  checkAttestingBodies(file, refer);
};

function checkPlan(file: SiftedFile, refer: References): void {
  if (!file.plan) return;
  const { value: plan, path } = file.plan;
  refer.toBody(plan.owner.body, [...path, 'owner', 'body']);
  refer.toDecider(plan.decision, path);
  if (plan.scale) refer.toScale(plan.scale, [...path, 'scale']);
  plan.kinds.forEach((kind, index) => refer.toKinds(kind.parents, [...path, 'kinds', index, 'parents'], plan.key));
  plan.calendar?.forEach((round, index) => refer.toKinds(round.scope, [...path, 'calendar', index, 'scope'], plan.key));
}

function checkItems(file: SiftedFile, findings: Findings, refer: References): void {
  for (const section of ['items', 'indicators'] as const) {
    if (file.has(section) && !file.has('plan')) {
      findings.fault([section], belongToThePlan());
    }
  }
  for (const { value: item, path } of file.parts('items')) {
    refer.toKinds([item.kind], [...path, 'kind']);
    item.parents?.forEach((parent, index) => refer.toItem(parent, [...path, 'parents', index]));
    refer.toConcerned(item.concerned, path);
    refer.toDecider(item.decision, path);
    if (item.given) refer.toBody(item.given.by, [...path, 'given', 'by']);
    item.acting?.forEach(({ body, through }, index) => {
      refer.toBody(body, [...path, 'acting', index, 'body']);
      refer.toBodies(through, [...path, 'acting', index, 'through']);
    });
    refer.toBodies(item.responsible ?? [], [...path, 'responsible']);
    item.documents?.forEach((document, index) => refer.toDocument(document, [...path, 'documents', index]));
  }
}

function checkIndicators(file: SiftedFile, refer: References): void {
  for (const { value: indicator, path } of file.parts('indicators')) refer.toDefined(indicator, path);
}

function checkCourse(name: CourseName, file: SiftedFile, refer: References): void {
  const course = file.course(name);
  if (!course) return;
  const { plan } = course.value;
  refer.toPlan(plan, [name, 'plan']);
  for (const { value: step, path } of file.stepsOf(name)) {
    for (const [action, data] of Object.entries(step)) {
      if (typeof data === 'string' || Array.isArray(data)) continue;
      const at = [...path, action];
      if ('item' in data) refer.toItem(data.item, [...at, 'item'], plan);
      if ('indicator' in data) refer.toIndicator(data.indicator, [...at, 'indicator'], plan);
    }
    refer.toDecider(step.decision, path);
    checkRevision(step, path, plan, refer);
    if (step.openRound) refer.toKinds(step.openRound.scope, [...path, 'openRound', 'scope'], plan);
    if (!step.assess) continue;
    refer.toBody(step.assess.body, [...path, 'assess', 'body']);
    refer.toRound(step.assess.round, [...path, 'assess', 'round'], plan);
    refer.toLevel(step.assess.level, [...path, 'assess', 'level'], plan);
    step.assess.evidence?.forEach((evidence, index) => {
      const at = [...path, 'assess', 'evidence', index];
      if ('item' in evidence) refer.toItem(evidence.item, [...at, 'item'], plan);
      if ('indicator' in evidence) refer.toIndicator(evidence.indicator, [...at, 'indicator'], plan);
    });
  }
  for (const { value: step, path } of file.stepsOf(name)) {
    const level = step.correctAssessment?.level;
    if (level !== undefined) refer.toLevel(level, [...path, 'correctAssessment', 'level'], plan);
  }
}

function checkRevision(
  { changeConcerned, changeResponsible, move, redefine, reword, succeed }: PlanFileStep,
  path: Path,
  plan: string,
  refer: References,
): void {
  move?.parents.forEach((parent, index) => refer.toItem(parent, [...path, 'move', 'parents', index], plan));
  refer.toConcerned(changeConcerned?.concerned, [...path, 'changeConcerned']);
  refer.toBodies(changeResponsible?.responsible ?? [], [...path, 'changeResponsible', 'responsible']);
  reword?.documents?.forEach((document, index) =>
    refer.toDocument(document, [...path, 'reword', 'documents', index], plan),
  );
  if (redefine) refer.toDefined(redefine, [...path, 'redefine'], plan);
  if (!succeed) return;
  const { item, plan: other = plan } = succeed.successor;
  const at = [...path, 'succeed', 'successor'];
  refer.toPlan(other, [...at, 'plan']);
  refer.toItem(item, [...at, 'item'], other);
}

function checkAttestingBodies(file: SiftedFile, refer: References): void {
  const parts = [
    file.attested,
    ...[...courseNames.map((name) => file.course(name)), ...file.steps].map((part) => part && attestationIn(part)),
  ];
  for (const part of parts) {
    if (part?.value.body !== undefined) refer.toBody(part.value.body, [...part.path, 'body']);
  }
}

const attestationIn = ({ path, value }: Part<Pick<PlanFileStep, 'attested'>>): Part<PlanFileAttested> | undefined =>
  value.attested && { value: value.attested, path: [...path, 'attested'] };

type Definition = Pick<PlanFileIndicator | NonNullable<PlanFileStep['redefine']>, 'derived' | 'items' | 'owner'>;

class References {
  private readonly ownPlan: unknown;
  private readonly rounds: Set<string>;
  readonly #nearest = new NearestKeys();
  /** The levels of the plan's scale, where both stand in this file. */
  readonly #levels: Set<string> | undefined;

  constructor(
    private readonly file: SiftedFile,
    private readonly findings: Findings,
  ) {
    this.ownPlan = file.at(['plan', 'key']);
    const opened = file.steps.flatMap(({ value: step }) => step.openRound?.key ?? []);
    this.rounds = new Set([...file.declared(['rounds'], 'key'), ...opened]);
    const wanted = file.plan?.value.scale;
    const scale = file
      .parts('scales')
      .find(({ value }) => value.key === wanted?.key && value.version === wanted.version);
    this.#levels = scale && new Set(scale.value.levels.map((level) => level.code));
  }

  toBodies(keys: readonly string[], path: Path): void {
    keys.forEach((key, index) => this.toBody(key, [...path, index]));
  }

  toBody(key: string, path: Path): void {
    this.settle('body', key, path, this.file.has('bodies') && this.file.declared(['bodies'], 'key'));
  }

  toGroup(key: string, path: Path): void {
    this.settle('group', key, path, this.file.has('groups') && this.file.declared(['groups'], 'key'));
  }

  /** @param path of what the decision is behind */
  toDecider(decision: PlanFileDecision | undefined, path: Path): void {
    if (decision) this.toBody(decision.body, [...path, 'decision', 'body']);
  }

  /** @param path of what says whom it concerns */
  toConcerned(concerned: PlanFileItem['concerned'], path: Path): void {
    if (!concerned) return;
    if ('group' in concerned) this.toGroup(concerned.group, [...path, 'concerned', 'group']);
    else this.toBodies(concerned.bodies, [...path, 'concerned', 'bodies']);
  }

  toScale({ key, version }: { key: string; version: number }, path: Path): void {
    if (!this.file.has('scales')) return this.findings.external({ kind: 'scale', key, version }, path);
    const known = this.file.declared(['scales'], 'key');
    this.settle('scale', key, [...path, 'key'], known);
    const versions = this.file.parts('scales').filter(({ value }) => value.key === key);
    if (versions.length > 0 && !versions.some(({ value }) => value.version === version)) {
      const there = versions.map(({ value }) => value.version);
      this.findings.fault([...path, 'version'], noVersion({ key, version, there }));
    }
  }

  toPlan(key: string, path: Path): void {
    if (key !== this.ownPlan) this.findings.external({ kind: 'plan', key }, path);
  }

  /** An item of a plan; without one, of the plan of this file. */
  toItem(key: string, path: Path, plan?: string): void {
    this.settleInPlan('item', key, path, plan, ['items']);
  }

  toIndicator(key: string, path: Path, plan?: string): void {
    this.settleInPlan('indicator', key, path, plan, ['indicators']);
  }

  /** What a definition of an indicator names. @param path of the definition */
  toDefined({ derived, items, owner }: Definition, path: Path, plan?: string): void {
    this.toBody(owner, [...path, 'owner']);
    items.forEach((item, index) => this.toItem(item, [...path, 'items', index], plan));
    for (const source of ['numerator', 'denominator'] as const) {
      if (derived) this.toIndicator(derived[source], [...path, 'derived', source], plan);
    }
  }

  toRound(key: string, path: Path, plan: string): void {
    if (this.rounds.size === 0) return this.findings.external({ kind: 'round', key, plan }, path);
    this.settle('round', key, path, this.rounds);
  }

  /** @param plan the plan whose document it is; left out, that of this file */
  toDocument(key: string, path: Path, plan: unknown = this.ownPlan): void {
    if (this.file.has('plan') && plan === this.ownPlan)
      this.settle('document', key, path, this.file.declared(['plan', 'documents'], 'key'));
  }

  toKinds(codes: readonly string[], path: Path, plan?: string): void {
    if (!this.file.has('plan') || (plan !== undefined && plan !== this.ownPlan)) return;
    const known = this.file.declared(['plan', 'kinds'], 'code');
    codes.forEach((code, index) => this.settle('kind', code, path.at(-1) === 'kind' ? path : [...path, index], known));
  }

  /** A level can be settled only when both the plan and its scale stand in this file. */
  toLevel(code: string, path: Path, plan: string): void {
    if (plan === this.ownPlan && this.#levels) this.settle('level', code, path, this.#levels);
  }

  private settleInPlan(
    kind: 'item' | 'indicator',
    key: string,
    path: Path,
    plan: string | undefined,
    list: Path,
  ): void {
    const own = plan === undefined || plan === this.ownPlan;
    if (own) this.settle(kind, key, path, this.file.declared(list, 'key'));
    else this.findings.external({ kind, key, plan }, path);
  }

  /** `known` is false when the file leaves that section to another file. */
  private settle(
    kind: ExternalReference['kind'] | 'document' | 'kind' | 'level',
    key: string,
    path: Path,
    known: Set<string> | false,
  ): void {
    if (known === false) return this.findings.external({ kind: kind as ExternalReference['kind'], key }, path);
    if (known.has(key)) return;
    const near = this.#nearest.to(key, known);
    const what = kinds[kind];
    this.findings.fault(path, near === undefined ? noSuch({ kind: what, key }) : noSuchBut({ kind: what, key, near }));
  }
}

const kinds: Readonly<Record<ExternalReference['kind'] | 'document' | 'kind' | 'level', Said>> = {
  body: term('body', 'body', 'nämnden eller bolaget'),
  group: term('group', 'group', 'gruppen'),
  scale: term('scale', 'scale', 'skalan'),
  plan: term('plan', 'plan', 'planen'),
  round: term('round', 'round', 'uppföljningen'),
  item: term('item', 'item', 'uppdraget'),
  indicator: term('indicator', 'indicator', 'indikatorn'),
  document: term('document', 'document', 'dokumentet'),
  kind: term('kind', 'kind', 'slaget'),
  level: term('level', 'level', 'nivån'),
};

const belongToThePlan = say(
  'belong to the plan of the same file; give the plan too',
  'hör till planen i samma fil; ge även planen',
  'without-plan',
);
const noVersion = say(
  'the scale "{key}" has no version {version}; there is {there}',
  'skalan "{key}" har ingen version {version}; den har {there}',
  'no-version',
);
const noSuch = say('there is no {kind} "{key}" in this file', 'finns inte i filen: {kind} "{key}"', 'not-in-file');
const noSuchBut = say(
  'there is no {kind} "{key}" in this file; "{near}" is near',
  'finns inte i filen: {kind} "{key}"; "{near}" ligger nära',
  'not-in-file',
);
