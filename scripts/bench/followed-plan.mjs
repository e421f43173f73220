import { idOf } from '../../dist/libs/kernel/src/index.js';

const tenant = 'uppsala';
const bodiesOfPlan = 20;
const of = (...parts) => idOf('followed-plan', ...parts);
const bodies = Array.from({ length: bodiesOfPlan }, (_, index) => of('body', String(index)));
const scale = { scaleId: of('scale'), version: 1 };

export const planId = of('plan');
export const roundId = (round) => of('round', String(round));
export const itemId = (item) => of('item', String(item));
/** Three rounds a year. */
const dayOf = (round) => `${2005 + Math.floor(round / 3)}-${['04', '08', '12'][round % 3]}-28`;

/** The day of the middle round. */
export const middleOf = (assessments) => dayOf(Math.floor(assessments / bodiesOfPlan / 2));

/** A plan whose items are assessed by each of twenty bodies in each of its rounds, the owner of the plan among them. */
export function* followedPlan({ assessments, items }) {
  const revisions = new Map();
  let number = 0;
  const event = (category, subject, type, data, day) => {
    const stream = `${tenant}.${category}-${subject}`;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const id = of('event', String(number++));
    const metadata = {
      ...{ tenant, schema: 1, recordedAt: `${day}T12:00:00.000Z`, effectiveOn: day },
      ...{ actor: { id: 'bench', role: 'controller' }, commandId: id, commandDigest: '0' },
      ...{ correlationId: id, causationId: id },
    };
    return { stream, revision, id, type, data, metadata };
  };
  const start = '2005-01-01';
  const levels = ['on-track', 'delayed'].map((code, index) => ({
    ...{ code, label: code, meaning: code, colour: 'green', icon: 'check', rank: index + 1 },
  }));
  yield event('scale', scale.scaleId, 'ScaleDefined', { ...scale, name: 'Skala', levels }, start);
  for (const [index, bodyId] of bodies.entries()) {
    yield event('body', bodyId, 'BodyRegistered', { bodyId, name: `Nämnd ${index}`, kind: 'board' }, start);
  }
  const kinds = [{ code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 1, parents: [] }];
  const owner = { bodyId: bodies[0], role: 'Controller' };
  const plan = {
    title: 'Verksamhetsplan',
    owner,
    validity: { from: start },
    scale,
    kinds,
    documents: [],
    calendar: [],
  };
  yield event('plan', planId, 'PlanAdopted', { planId, ...plan }, start);
  const itemIds = Array.from({ length: items }, (_, index) => itemId(index));
  for (const [index, id] of itemIds.entries()) {
    const named = { kind: 'uppdrag', number: String(index), title: `Uppdrag nummer ${index}`, parents: [] };
    const others = { responsible: [bodies[index % bodiesOfPlan]], documents: [], expectedEffects: [] };
    yield event('item', id, 'ItemAdopted', { itemId: id, planId, ...named, ...others }, start);
  }
  for (let round = 0; round < assessments / bodiesOfPlan; round++) {
    const day = dayOf(round);
    const opened = { kind: 'augusti', label: `Uppföljning ${day}`, year: Number(day.slice(0, 4)), scope: ['uppdrag'] };
    const subject = { roundId: roundId(round), planId };
    yield event(
      'round',
      subject.roundId,
      'RoundOpened',
      { ...subject, ...opened, referenceDate: day, deadline: day },
      day,
    );
    for (const [index, bodyId] of bodies.entries()) {
      for (const id of itemIds) {
        const assessmentId = of('assessment', String(number));
        const about = {
          itemId: id,
          assessmentId,
          ...subject,
          bodyId,
          capacity: index === 0 ? 'owner' : 'contribution',
        };
        const said = {
          scale,
          level: number % 3 ? 'on-track' : 'delayed',
          motivation: `Arbetet går framåt (${number})`,
        };
        yield event('item', id, 'ItemAssessed', { ...about, ...said, evidence: [] }, day);
      }
    }
  }
}
