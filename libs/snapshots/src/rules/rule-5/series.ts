import { provenanceOf } from '#kernel';
import type { Provenance } from '#kernel';
import type { IndicatorEvent } from '#indicators';
import type { CellContent, DefinitionContent } from '../../format/snapshot.js';
import { columns, definitionOf } from '../rule-4/measures.js';
import type { Column, MeasureEvent } from '../rule-4/measures.js';

type Defined = Extract<IndicatorEvent, { type: 'IndicatorDefined' }>;
export type Derivation = NonNullable<Defined['data']['derived']>;

/** A cell as it stands, the version of the definition that it is of, and the event that said so. */
export interface Measured extends Provenance {
  readonly cell: CellContent;
  readonly version: number;
  readonly eventId: string;
  readonly recordedAt: string;
}

export type MeasuredPeriod = Readonly<Partial<Record<Column, Measured>>>;

export interface Version extends DefinitionContent {
  readonly derivation?: Derivation | undefined;
}

/** An indicator up to a day: versions of its definition, oldest first, and what is told of each period. */
export interface MeasuredIndicator {
  readonly name: string;
  readonly versions: readonly Version[];
  readonly periods: ReadonlyMap<string, MeasuredPeriod>;
}

interface Told {
  readonly period: string;
  readonly cells: MeasuredPeriod;
  readonly effectiveOn: string;
  readonly isCorrection: boolean;
}

interface Story {
  readonly versions: Version[];
  readonly told: Told[];
}

/** What the log told of indicators, also of those of other plans that some are derived from. */
export class Series {
  readonly #stories = new Map<string, Story>();

  take(event: MeasureEvent): void {
    const { data, metadata, type } = event;
    if (type === 'IndicatorDefined') {
      const first = { ...definitionOf(event, 1), derivation: data.derived };
      return void this.#stories.set(data.indicatorId, { versions: [first], told: [] });
    }
    const story = this.#stories.get(data.indicatorId);
    if (!story || type === 'IndicatorTargetSet') return;
    const newest = story.versions.at(-1)!.version;
    if (type === 'IndicatorRedefined') {
      return void story.versions.push({ ...definitionOf(event, data.version ?? newest + 1), derivation: data.derived });
    }
    const about = { version: data.definition ?? newest, eventId: event.id, recordedAt: metadata.recordedAt };
    const cells = columns.flatMap((column) => {
      const cell = data[column];
      return cell ? [[column, { ...about, cell, ...provenanceOf(metadata) }]] : [];
    });
    story.told.push({
      ...{ period: data.period, cells: Object.fromEntries(cells) as MeasuredPeriod },
      ...{ effectiveOn: metadata.effectiveOn, isCorrection: type === 'IndicatorValueCorrected' },
    });
  }

  /** @returns undefined where there is no such indicator */
  upTo(indicatorId: string, day: string): MeasuredIndicator | undefined {
    const story = this.#stories.get(indicatorId);
    if (!story) return undefined;
    const versions = story.versions.filter(({ since }, index) => index === 0 || since <= day);
    const periods = new Map<string, MeasuredPeriod>();
    for (const { cells, effectiveOn, isCorrection, period } of story.told) {
      const known = periods.get(period);
      // As rule 1 has it: what corrects a value that is not told is not told either.
      if (effectiveOn > day || (isCorrection && !known)) continue;
      periods.set(period, { ...known, ...cells });
    }
    return { name: versions.at(-1)!.name, versions, periods };
  }
}
