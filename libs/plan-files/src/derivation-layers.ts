import type { PlanFileIndicator } from './plan-file.js';

interface Derivable {
  readonly key: string;
  readonly derived?: PlanFileIndicator['derived'];
}

/** Indicators by what they are derived from. */
export interface DerivationLayers<One extends Derivable> {
  /** Each stands in a layer after those of its sources; in the first, what is derived from nothing in the file. */
  readonly layers: readonly (readonly One[])[];
  /** Those that are derived from themselves, by one step or several, and what rests on them. */
  readonly circular: readonly One[];
}

/** Sorts the indicators of a file into layers, each in the order of the file. */
export function derivationLayers<One extends Derivable>(indicators: readonly One[]): DerivationLayers<One> {
  const keys = new Set(indicators.map(({ key }) => key));
  const restingOn = new Map<string, One[]>();
  const waitsFor = new Map<One, number>();
  for (const indicator of indicators) {
    const { denominator, numerator } = indicator.derived ?? {};
    const sources = [numerator, denominator].filter((key) => key !== undefined).filter((key) => keys.has(key));
    waitsFor.set(indicator, sources.length);
    for (const key of sources) {
      const others = restingOn.get(key);
      if (others) others.push(indicator);
      else restingOn.set(key, [indicator]);
    }
  }
  const layers: One[][] = [];
  let layer = indicators.filter((indicator) => waitsFor.get(indicator) === 0);
  while (layer.length > 0) {
    layers.push(layer);
    const next: One[] = [];
    for (const waiting of layer.flatMap(({ key }) => restingOn.get(key) ?? [])) {
      const left = waitsFor.get(waiting)! - 1;
      waitsFor.set(waiting, left);
      if (left === 0) next.push(waiting);
    }
    layer = next;
  }
  return { layers, circular: indicators.filter((indicator) => waitsFor.get(indicator)! > 0) };
}
