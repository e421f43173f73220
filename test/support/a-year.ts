import { indicatorIdOf } from '#indicators';
import type { Clock } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { ReadModels } from '#projecting';
import { roundIdOf } from '#rounds';
import { snapshotIdOf } from '#snapshots';
import { Reminded } from './reminded.js';
import { RunningSystem, tenant } from './running-system.js';
import type { Answer, Places } from './running-system.js';

const files = ['uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml', 'amn-verksamhetsplan-2025.yaml'];

export const yearsPlan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
export const yearsRounds = {
  april: roundIdOf(tenant, yearsPlan, 'april-2025'),
  augusti: roundIdOf(tenant, yearsPlan, 'augusti-2025'),
  bokslut: roundIdOf(tenant, yearsPlan, 'bokslut-2025'),
} as const;
export type RoundName = keyof typeof yearsRounds;

export const itemOf = (key: string): string => itemIdOf(tenant, yearsPlan, key);
export const indicatorOf = (key: string): string => indicatorIdOf(tenant, yearsPlan, key);
/** The owner of the plan, and two bodies that are given something to answer for. */
export const bodies = {
  amn: bodyIdOf(tenant, 'amn'),
  ks: bodyIdOf(tenant, 'ks'),
  ubn: bodyIdOf(tenant, 'ubn'),
} as const;
export type BodyName = keyof typeof bodies;

/** Every issue that the year leads to, in the order in which they are made. */
export const yearsIssues: readonly (readonly [RoundName, number])[] = [
  ['april', 1],
  ['april', 2],
  ['augusti', 1],
  ['bokslut', 1],
];

export interface MadeSnapshot {
  readonly snapshotId: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

const second = 1_000;

/** A clock that stands still until it is set, or a command is given. */
class YearsClock implements Clock {
  #now = Date.parse('2025-01-15T09:00:00Z');

  now(): Date {
    return new Date(this.#now);
  }

  set(instant: string): void {
    this.#now = Date.parse(instant);
  }

  tick(): void {
    this.#now += second;
  }
}

/**
 * An invented year on the real plan of Arbetsmarknadsnämnden, lived over HTTP: three rounds that a schedule opens, what
 * bodies say in them, and what happens to the plan in between. The clock is set, and every command has a key of its
 * own, so that the same year on other stores has the same events in the same order.
 *
 * Its chapters are to be lived in their order.
 */
export class AYear {
  readonly #clock: YearsClock;
  #commands = 0;

  private constructor(
    readonly system: RunningSystem,
    readonly reminded: Reminded,
    clock: YearsClock,
  ) {
    this.#clock = clock;
  }

  static async begin(places: Omit<Places, 'clock' | 'reminders'> = {}): Promise<AYear> {
    const clock = new YearsClock();
    const reminded = await Reminded.start();
    const system = await RunningSystem.start({ ...places, clock, reminders: reminded.receiver });
    await system.load(...files);
    return new AYear(system, reminded, clock);
  }

  async end(): Promise<void> {
    await this.system.stop();
    await this.reminded.stop();
  }

  /** All chapters at once. */
  async live(): Promise<void> {
    await this.plan();
    await this.openApril();
    await this.assessApril();
    await this.remindOfApril();
    await this.reportApril();
    await this.freezeApril();
    await this.speakLateOfApril();
    await this.reissueApril();
    await this.decide('april', { date: '2025-05-20', paragraph: '§ 51' });
    await this.reviseThePlan();
    await this.openAugust();
    await this.assessAugust();
    await this.freezeAugust();
    await this.decide('augusti', { date: '2025-10-16', paragraph: '§ 98' });
    await this.openBokslut();
    await this.assessBokslut();
    await this.freezeBokslut();
    await this.decide('bokslut', { date: '2026-03-19', paragraph: '§ 24' });
  }

  /** Two bodies are given assignments to answer for, and three rounds are planned out of the plan's calendar. */
  async plan(): Promise<void> {
    this.at('2025-02-03T08:00:00Z');
    await this.record(`items/${itemOf('uppdrag-14')}/responsible`, { responsible: [bodies.ks] });
    await this.record(`items/${itemOf('uppdrag-4')}/responsible`, { responsible: [bodies.ubn] });
    const plan = (kind: RoundName, schedule: object) =>
      this.record(`plans/${yearsPlan}/rounds/plan`, { kind, year: 2025, schedule });
    await plan('april', { opensOn: '2025-04-01', remindsOn: ['2025-04-22'], freezesOn: '2025-05-02' });
    await plan('augusti', { opensOn: '2025-09-01', freezesOn: '2025-10-01' });
    await plan('bokslut', { opensOn: '2026-01-07' });
  }

  async openApril(): Promise<void> {
    await this.opensBySchedule('april', '2025-04-01T06:00:00Z');
    await this.value('besok-ujc-a', { period: '2025', total: provisional('1702', '1 702 (mar)', '2025-03') });
    await this.value('barn-i-familjer-med-bistand', { period: '2025', total: { gap: 'not-reported' } });
  }

  /** What the owner and Kommunstyrelsen say, one thing of which is corrected and one withdrawn. */
  async assessApril(): Promise<void> {
    this.at('2025-04-08T07:00:00Z');
    await this.assess('amn', 'april', 'uppdrag-1', 'on-track', 'Översynen följer planen.', [
      { itemId: itemOf('atgard-1') },
      { indicatorId: indicatorOf('besok-ekonomiskt-bistand') },
      { note: 'Nämndens protokoll i mars' },
    ]);
    const mistaken = await this.assess('amn', 'april', 'uppdrag-2', 'on-track', 'Upphandlingen är överklagad.');
    await this.assess('amn', 'april', 'uppdrag-7', 'delayed', 'Samverkan med regionen har inte kommit i gång.');
    await this.assess('amn', 'april', 'uppdrag-14', 'on-track', 'Fler är självförsörjande än i fjol.');
    await this.assess('amn', 'april', 'atgard-1', 'on-track', 'Varje avdelning har gått igenom sina processer.');
    await this.assess('amn', 'april', 'atgard-13', 'delayed', 'Upphandlarna hinner inte med.');
    await this.assess('amn', 'april', 'atgard-14', 'on-track', 'Utredningen lämnas före sommaren.');
    const needless = await this.assess('amn', 'april', 'atgard-22', 'completed', 'Lokalen är klar.');
    this.at('2025-04-10T07:00:00Z');
    await this.correct(mistaken, 'uppdrag-2', { level: 'delayed', reason: 'Fel färg valdes.' }, 'amn');
    await this.record(
      `items/${itemOf('atgard-22')}/assessments/${needless}/withdrawal`,
      { reason: 'Gällde en annan lokal.' },
      'amn',
    );
    this.at('2025-04-15T07:00:00Z');
    await this.assess('ks', 'april', 'uppdrag-14', 'delayed', 'Avtalen med arbetsgivare dröjer.');
  }

  async remindOfApril(): Promise<void> {
    this.at('2025-04-22T06:00:00Z');
    await this.#sweep();
    await eventually('the reminder', () => this.reminded.taken[0]);
  }

  /** The owner and Kommunstyrelsen are ready; Utbildningsnämnden was, and takes it back. */
  async reportApril(): Promise<void> {
    this.at('2025-04-24T07:00:00Z');
    await this.ready('amn', 'april', 'Några åtgärder bedöms först i augusti.');
    await this.ready('ubn', 'april');
    await this.ready('ks', 'april');
    this.at('2025-04-28T07:00:00Z');
    await this.record(
      `rounds/${yearsRounds.april}/recall-ready`,
      { bodyId: bodies.ubn, reason: 'Ett uppdrag återstår.' },
      'ubn',
    );
  }

  /** The schedule's freeze fails, since a body is not ready; a controller has a reason. */
  async freezeApril(): Promise<void> {
    this.at('2025-05-02T06:00:00Z');
    await this.#sweep();
    await eventually('the refused freeze', () => this.jobOf('round-action', ({ error }) => error !== undefined));
    this.at('2025-05-02T09:00:00Z');
    await this.record(`rounds/${yearsRounds.april}/freeze`, { override: 'Nämndens papper går ut i dag.' });
    await this.made('april', 1);
  }

  /** Utbildningsnämnden speaks after the freeze, and a controller corrects what the owner said before. */
  async speakLateOfApril(): Promise<void> {
    this.at('2025-05-06T07:00:00Z');
    await this.assess('ubn', 'april', 'uppdrag-4', 'on-track', 'Två kursgrupper har startat.');
    const { assessment } = await this.assessmentOf('april', 'amn', 'uppdrag-7');
    await this.correct(assessment.assessmentId, 'uppdrag-7', {
      level: 'on-track',
      motivation: 'Samverkan med regionen kom i gång i mars.',
      reason: 'Uppgiften från regionen var gammal.',
    });
  }

  async reissueApril(): Promise<void> {
    this.at('2025-05-08T07:00:00Z');
    await this.record(`rounds/${yearsRounds.april}/reissue`, { reason: 'En sen och en rättad bedömning.' });
    await this.made('april', 2);
  }

  /** Items are reworded, renumbered, merged and ended, by a decision of the plan's owner. */
  async reviseThePlan(): Promise<void> {
    this.at('2025-06-17T08:00:00Z');
    const decision = { bodyId: bodies.amn, date: '2025-06-16', diarienummer: 'AMN-2025-00210', paragraph: '§ 63' };
    const revise = (item: string, word: string, data: object) =>
      this.record(`items/${itemOf(item)}/${word}`, { ...data, decision, effectiveOn: decision.date });
    await revise('uppdrag-7', 'reword', {
      title: 'Ställ om till en nära vård tillsammans med regionen',
      printedLabel: 'Omformulerad',
    });
    await revise('atgard-16', 'renumber', { number: '16b', reason: 'Två åtgärder hade samma nummer.' });
    await revise('atgard-13', 'successors', { successorId: itemOf('atgard-14'), kind: 'merged' });
    await revise('atgard-13', 'discontinue', { reason: 'merged', comment: 'Ingår i åtgärd 14.' });
    await revise('atgard-22', 'discontinue', {
      reason: 'outside-control',
      comment: 'Ligger utanför nämndens rådighet.',
    });
    await this.correctValue('besok-ekonomiskt-bistand', {
      period: '2024',
      total: { value: '6954', asPrinted: '6 954' },
      reason: 'Helårsvärdet är klart.',
    });
    await this.correctValue('arbetsloshet', {
      period: '2024',
      total: { value: '5.0', asPrinted: '5,0' },
      reason: 'Arbetsförmedlingen har publicerat året.',
    });
  }

  openAugust(): Promise<void> {
    return this.opensBySchedule('augusti', '2025-09-01T06:00:00Z');
  }

  async assessAugust(): Promise<void> {
    this.at('2025-09-10T07:00:00Z');
    await this.assess('amn', 'augusti', 'fokusmal-2', 'on-track', 'Fler Uppsalabor försörjer sig själva.');
    await this.assess('amn', 'augusti', 'uppdrag-1', 'delayed', 'Översynen stannade av under sommaren.');
    await this.assess('amn', 'augusti', 'uppdrag-2', 'on-track', 'Upphandlingen är avgjord.');
    await this.assess('amn', 'augusti', 'uppdrag-7', 'on-track', 'Två team arbetar med regionen.');
    await this.assess('amn', 'augusti', 'atgard-14', 'completed', 'Utredningen är lämnad.');
    await this.assess('ks', 'augusti', 'uppdrag-14', 'on-track', 'Avtalen är skrivna.');
    this.at('2025-10-01T04:00:00Z');
    await this.assess('ubn', 'augusti', 'uppdrag-4', 'on-track', 'Fyra kursgrupper pågår.');
  }

  /** All bodies are ready, so that the schedule's freeze needs nobody. */
  async freezeAugust(): Promise<void> {
    for (const body of ['amn', 'ks', 'ubn'] as const) await this.ready(body, 'augusti');
    this.at('2025-10-01T06:00:00Z');
    await this.#sweep();
    await this.made('augusti', 1);
  }

  async openBokslut(): Promise<void> {
    await this.opensBySchedule('bokslut', '2026-01-07T07:00:00Z');
    await this.value('besok-ekonomiskt-bistand', {
      period: '2025',
      total: provisional('5787', '5 787 (okt)', '2025-10'),
      women: { gap: 'not-split-by-sex' },
      men: { gap: 'not-split-by-sex' },
    });
  }

  async assessBokslut(): Promise<void> {
    this.at('2026-02-10T08:00:00Z');
    await this.assess('amn', 'bokslut', 'uppdrag-1', 'completed', 'Översynen är gjord.');
    await this.assess('amn', 'bokslut', 'uppdrag-2', 'on-track', 'E-tjänsten är i drift i mars.');
    await this.assess('amn', 'bokslut', 'uppdrag-7', 'not-carried-out', 'Regionen har avslutat samverkan.');
    await this.assess('amn', 'bokslut', 'namndmal-n1-1', 'on-track', 'Sjukfrånvaron minskar.');
    await this.assess('ks', 'bokslut', 'uppdrag-14', 'completed', 'Avtalen gäller.');
    await this.assess('ubn', 'bokslut', 'uppdrag-4', 'completed', 'Alla kursgrupper är avslutade.');
  }

  async freezeBokslut(): Promise<void> {
    for (const body of ['amn', 'ks', 'ubn'] as const) await this.ready(body, 'bokslut');
    this.at('2026-03-02T08:00:00Z');
    await this.record(`rounds/${yearsRounds.bokslut}/freeze`, {});
    await this.made('bokslut', 1);
  }

  /** The owner's formal decision on the newest issue. */
  async decide(round: RoundName, { date, paragraph }: { date: string; paragraph: string }): Promise<void> {
    this.at(`${date}T12:00:00Z`);
    await this.record(`rounds/${yearsRounds[round]}/decide`, { decision: { bodyId: bodies.amn, date, paragraph } });
  }

  at(instant: string): void {
    this.#clock.set(instant);
  }

  /** Sends a command under a key of its own. @param who a body's reporter; a controller where it is left out */
  async send(url: string, data: object, who?: BodyName): Promise<Answer> {
    this.#clock.tick();
    const token = who
      ? await this.system.token('reporter', { body: bodies[who], subject: `reporter-${who}` })
      : await this.system.token('controller');
    return this.system.request('POST', `/v1/${url}`, token, data, { 'idempotency-key': `year-${++this.#commands}` });
  }

  /** Sends a command that is to be recorded. */
  async record(url: string, data: object, who?: BodyName): Promise<Answer> {
    const answer = await this.send(url, data, who);
    if (answer.status < 300 && answer.body.recorded.length > 0) return answer;
    throw new Error(`${url} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  async assess(
    who: BodyName,
    round: RoundName,
    item: string,
    level: string,
    motivation: string,
    evidence: readonly object[] = [],
  ): Promise<string> {
    const said = { roundId: yearsRounds[round], bodyId: bodies[who], level, motivation, evidence };
    return (await this.record(`items/${itemOf(item)}/assessments`, said, who)).body.assessmentId as string;
  }

  ready(who: BodyName, round: RoundName, comment?: string): Promise<Answer> {
    return this.record(`rounds/${yearsRounds[round]}/ready`, { bodyId: bodies[who], ...(comment && { comment }) }, who);
  }

  /** What the read models say, once they hold the whole log. */
  async get(url: string): Promise<any> {
    const head = await this.system.stores.eventStore.head();
    const path = `/v1/${url}${url.includes('?') ? '&' : '?'}waitFor=${head}`;
    const { body, status } = await this.system.request('GET', path, await this.system.token('auditor'));
    if (status !== 200) throw new Error(`${url} was answered with ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  round(round: RoundName): Promise<any> {
    return this.get(`rounds/${yearsRounds[round]}`);
  }

  /** The bodies of a round with what they owe, by name. */
  async coverage(round: RoundName): Promise<any> {
    return this.get(`rounds/${yearsRounds[round]}/coverage?limit=100`);
  }

  /** What the coverage says of one body and item. */
  async assessmentOf(round: RoundName, body: BodyName, item: string): Promise<any> {
    const { items } = await this.get(`rounds/${yearsRounds[round]}/coverage?bodyId=${bodies[body]}`);
    return items[0].entries.find(({ itemId }: { itemId: string }) => itemId === itemOf(item));
  }

  /** The newest job of a name that is as wanted. */
  async jobOf(name: string, wanted: (job: any) => boolean = () => true): Promise<any> {
    const token = await this.system.token('auditor');
    const { body } = await this.system.request('GET', `/v1/jobs?name=${name}&limit=100`, token);
    return body.items.find(wanted);
  }

  /** The snapshot of an issue, once it is recorded: the bytes that are served. */
  async made(round: RoundName, issue: number): Promise<MadeSnapshot> {
    const snapshotId = snapshotIdOf(tenant, yearsRounds[round], issue);
    const { sha256 } = await eventually(`the snapshot of ${round}, issue ${issue}`, async () => {
      const { issues } = await this.round(round);
      return issues.find((one: { issue: number }) => one.issue === issue)?.snapshot as { sha256: string } | undefined;
    });
    return { snapshotId, sha256, bytes: await this.download(snapshotId, 'content') };
  }

  /** @param form `content`, `report`, `table` or `workbook` */
  async download(snapshotId: string, form: string): Promise<Buffer> {
    const url = new URL(`/v1/snapshots/${snapshotId}/${form}`, await this.system.app.getUrl());
    const answer = await fetch(url, { headers: { authorization: `Bearer ${await this.system.token('auditor')}` } });
    if (answer.status !== 200) throw new Error(`${form} was answered with ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  value(indicator: string, data: object): Promise<Answer> {
    return this.record(`indicators/${indicatorOf(indicator)}/values`, data);
  }

  correctValue(indicator: string, data: object): Promise<Answer> {
    return this.record(`indicators/${indicatorOf(indicator)}/values/corrections`, data);
  }

  /** @param who a body's reporter; a controller where it is left out, as after the freeze */
  correct(assessmentId: string, item: string, data: object, who?: BodyName): Promise<Answer> {
    return this.record(`items/${itemOf(item)}/assessments/${assessmentId}/corrections`, data, who);
  }

  private async opensBySchedule(round: RoundName, instant: string): Promise<void> {
    this.at(instant);
    await this.#sweep();
    await eventually(`${round} to open`, async () => ((await this.round(round)).status === 'open' ? true : undefined));
  }

  /** What every worker does again and again. */
  async #sweep(): Promise<void> {
    const { app, stores, work } = this.system;
    await app.get(ReadModels).waitFor(await stores.eventStore.head());
    await work.look();
  }
}

const provisional = (value: string, asPrinted: string, provisionalAsOf: string) => ({
  value,
  asPrinted,
  provisionalAsOf,
});
