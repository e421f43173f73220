import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Document } from '#document-store';
import { idOf, newId, streamName } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { Reaction } from '#projecting';
import { projections } from '../../libs/running/src/contracts.js';

/** A row of the document of growth: which documents of a collection it is about. */
interface Law {
  readonly collection: string;
  readonly pattern: string;
  readonly ids: RegExp;
  /** How large they are at the most; undefined where that depends on what is told in them. */
  readonly bytes: number | undefined;
}

const laws = readFileSync(join(process.cwd(), 'docs/growth.md'), 'utf8').split('\n').flatMap(lawIn);

function lawIn(line: string): Law[] {
  const [, collection, id] = /^\| `([a-z-]+)` +\| `([^`]+)` +\|/.exec(line) ?? [];
  if (collection === undefined || id === undefined) return [];
  const pattern = id.replaceAll('\\|', '|');
  const ids = pattern
    .split(/(<[^>]+>)/)
    .map((part) =>
      part === '<stream>'
        ? '[^|.]+\\.[^|.]+'
        : part.startsWith('<')
          ? '[^|.]+'
          : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  const [, kilobytes] = /\| (?:up to )?(?:[\d.]+–)?([\d.]+) kB +\|$/.exec(line) ?? [];
  const bytes = kilobytes === undefined ? undefined : Number(kilobytes) * 1_000;
  return [{ collection, pattern, ids: new RegExp(`^${ids}$`), bytes }];
}

/** The collections that sources name themselves. */
const ownCollections = sourcesIn(join(process.cwd(), 'libs')).flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\b\w*[cC]ollection = '([a-z-]+)'/g)].map(([, name]) => name!),
);

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|features)\.ts$/.test(entry.name))
    .map(({ name, parentPath }) => join(parentPath, name));
}

const tenant = 'uppsala';
const [planId, itemId, roundId, indicatorId, loadId, revisionId, reorganisationId, organisationId] = [
  ...['plan', 'item', 'round', 'indicator', 'load', 'revision', 'reorganisation', 'organisation'],
].map((name) => idOf(name, '1'));
const [owner, other] = ['owner', 'other'].map((name) => idOf('body', name));

/** A decision with as many steps, of which nothing can be carried out. */
function* decided(category: string, subject: string, types: readonly [string, string], data: object) {
  const words = { en: 'Something else stands in the way'.repeat(5), sv: 'Något annat står i vägen'.repeat(5) };
  const steps = Array.from({ length: 300 }, () => ({
    itemId,
    id: itemId,
    category: 'item',
    command: 'MoveItem',
    data: {},
  }));
  const undone = steps.map((_, step) => ({ step, itemId, code: 'rule-violation', told: words }));
  yield [category, subject, types[0], { ...data, steps }] as const;
  yield [category, subject, types[1], { ...data, undone }] as const;
}

/** What is recorded of a plan: more of an item than fills a document of its times. */
function* recorded(): Iterable<readonly [category: string, subject: string, type: string, data: object]> {
  const lists = { parents: [], responsible: [owner], documents: [], expectedEffects: [] };
  const scale = { scaleId: idOf('scale', '1'), version: 1 };
  const item = (type: string, data: object) => ['item', itemId!, type, { itemId, planId, ...data }] as const;
  const round = (type: string, data: object) => ['round', roundId!, type, { roundId, planId, ...data }] as const;
  const owning = { owner: { bodyId: owner, role: 'Controller' }, validity: { from: '2025-01-01' }, scale };
  const plan = { planId, title: 'Verksamhetsplan', ...owning, kinds: [], documents: [], calendar: [] };
  yield ['plan', planId!, 'PlanAdopted', plan];
  yield item('ItemAdopted', { kind: 'uppdrag', title: 'Fler i arbete', text: 'Brödtext', ...lists });
  yield round('RoundOpened', { kind: 'april', label: 'April', year: 2025, scope: ['uppdrag'] });
  yield round('BodyReported', { bodyId: other });
  yield ['indicator', indicatorId!, 'IndicatorDefined', { indicatorId, planId, name: 'Andel', itemIds: [] }];
  yield ['indicator', indicatorId!, 'IndicatorValueRecorded', { indicatorId, planId, period: '2025', total: {} }];
  const link = { successorId: idOf('item', '2'), successorPlanId: planId, kind: 'reworded', inferred: false };
  yield item('ItemSucceeded', link);
  yield* decided('plan', planId!, ['RevisionDecided', 'RevisionCarriedOut'], { planId, revisionId });
  const ends = { organisationId, reorganisationId, kind: 'dissolved', bodyId: other, successors: [] };
  yield* decided('organisation', organisationId!, ['ReorganisationDecided', 'ReorganisationCarriedOut'], ends);
  yield ['load', loadId!, 'LoadBegun', { loadId, digest: 'a'.repeat(43), file: 'plan.yaml', planId, commands: 300 }];
  yield ['load', loadId!, 'LoadRecorded', { loadId, planId, streams: 300, events: 300, parts: 0, recorded: [] }];
  const takenBack = { loadId, planId, takeBackId: newId(), reason: 'Fel fil', kept: 0 };
  yield* decided('load', loadId!, ['LoadTakeBackDecided', 'LoadTakenBack'], takenBack);
  yield item('ItemAnswerDeclared', { answersId: idOf('item', '3'), answersPlanId: idOf('plan', '2'), inferred: false });
  for (let turn = 0; turn < 20; turn++) {
    const bodyId = turn % 2 ? other : owner;
    const about = { assessmentId: newId(), bodyId, roundId, capacity: turn % 2 ? 'contribution' : 'owner', scale };
    yield item('ItemAssessed', { ...about, level: 'delayed', motivation: 'Överklagad', evidence: [] });
  }
}

/** The documents that projections make of it, by collection. */
function documentsOf(): ReadonlyMap<string, ReadonlyMap<string, Document>> {
  const made = new Map(projections.map(({ name }) => [name, new Map<string, Document>()]));
  const revisions = new Map<string, number>();
  let position = 0;
  for (const [category, subject, type, data] of recorded()) {
    const stream = streamName(tenant, category, subject);
    const revision = revisions.get(stream) ?? 0;
    revisions.set(stream, revision + 1);
    const id = newId();
    const told = { recordedAt: new Date(Date.UTC(2025, 0, 1, 0, position)).toISOString(), effectiveOn: '2025-01-01' };
    const event = {
      ...{ id, type, stream, revision, data, position: String(++position).padStart(20, '0') },
      metadata: { tenant, ...told, actor: { id: 'a', role: 'controller' }, commandId: id, causationId: id },
    } as unknown as RecordedEvent;
    for (const { name, on } of projections) take(made.get(name)!, on[type as never], event);
  }
  return made;
}

function take(known: Map<string, Document>, reaction: Reaction<Document, never> | undefined, event: RecordedEvent) {
  const { derive, evolve, key } = (reaction ?? { key: () => [] }) as unknown as Reaction<Document, RecordedEvent>;
  for (const id of [key(event)].flat()) {
    const before = known.get(id);
    const after = evolve(before, event);
    for (const part of derive?.({ before, after }, event) ?? []) {
      const document = 'document' in part ? part.document : part.evolve(known.get(part.id));
      known.set(document._id, document);
    }
    known.set(id, after);
  }
}

describe('The document of growth', () => {
  it('tells of each collection, and of no other', () => {
    const told = new Set(laws.map(({ collection }) => collection));
    expect(ownCollections.length).toBeGreaterThan(5);
    expect([...told].sort()).toEqual([...new Set([...projections.map(({ name }) => name), ...ownCollections])].sort());
  });

  it('tells in one row of each document that is made of what is recorded of a plan, and how large it is at the most', () => {
    const met = new Set<string>();
    for (const [name, documents] of documentsOf()) {
      const ofCollection = laws.filter(({ collection }) => collection === name);
      for (const [id, document] of documents) {
        const told = ofCollection.filter(({ ids }) => ids.test(id));
        expect({ name, id, told }).toEqual({ name, id, told: [expect.anything()] });
        const [{ bytes = Infinity, pattern }] = told as [Law];
        expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThanOrEqual(bytes);
        met.add(`${name} ${pattern}`);
      }
    }
    const ofItems = laws.filter(({ collection }) =>
      /^(item-|plan-history|plan-changes|revisions|reorganisations|loads)/.test(collection),
    );
    expect([...met]).toEqual(
      expect.arrayContaining(ofItems.map(({ collection, pattern }) => `${collection} ${pattern}`)),
    );
  });
});
