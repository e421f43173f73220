import type { Coming } from '#planning';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '–');

const lifecycles: Readonly<Record<string, string>> = {
  active: 'Börjar gälla',
  retained: 'Behålls oförändrat',
  completed: 'Slutförs',
  discontinued: 'Upphör',
};

const words: { readonly [Property in Coming['property']]: (value: unknown) => string } = {
  number: (value) => (value === null ? 'Numret tas bort' : `Numret blir ${textOf(value)}`),
  title: (value) => `Rubriken blir ”${textOf(value)}”`,
  text: () => 'Beskrivningen ändras',
  parents: () => 'Flyttas till en annan plats i planen',
  concerned: () => 'Berörda ändras',
  responsible: () => 'Ansvariga ändras',
  documents: () => 'Styrdokumenten ändras',
  expectedEffects: () => 'Förväntade effekter ändras',
  lifecycle: (value) => lifecycles[(value as { readonly state: string }).state] ?? '–',
  hold: (value) =>
    value === null ? 'Tas upp igen' : `Vilar till ${textOf((value as { readonly until: string }).until)}`,
  successors: () => 'Får en efterföljare',
  assessment: () => 'Bedöms',
};

/** What is to come of an item, to a Swedish reader, in one line. */
export const comingInWords = ({ property, value }: Coming): string => words[property](value);
