/** A plan file in which each item lies under the one before it, and each is reworded once. */
export function printedPlan({
  above = (n) => [n - 1],
  items,
}: {
  readonly items: number;
  /** The items that an item lies under, by their numbers. */
  readonly above?: (n: number) => readonly number[];
}): string {
  const numbers = Array.from({ length: items }, (_, n) => n);
  const parents = (n: number) =>
    above(n)
      .filter((other) => other in numbers)
      .map((other) => `item-${other}`)
      .join(', ');
  return `sparbar: 1
bodies:
  - { key: ks, name: Kommunstyrelsen, kind: board }
scales:
  - key: skala
    name: Skala
    version: 1
    levels:
      - { code: ja, label: Ja, meaning: Det går bra, colour: green, icon: check, rank: 1 }
      - { code: nej, label: Nej, meaning: Det går inte, colour: red, icon: cross, rank: 2 }
plan:
  key: plan
  title: En plan
  owner: { body: ks, role: direktör }
  validity: { from: '2025-01-01' }
  scale: { key: skala, version: 1 }
  kinds:
    - { code: uppdrag, label: Uppdrag, plural: Uppdrag, order: 1, parents: [uppdrag] }
  documents: []
  calendar: []
items:
${numbers.map((n) => `  - { key: item-${n}, kind: uppdrag, title: Uppdrag ${n}, parents: [${parents(n)}] }`).join('\n')}
scenario:
  key: tal
  invented: true
  plan: plan
  steps:
${numbers.map((n) => `    - { key: steg-${n}, on: '2025-02-01', reword: { item: item-${n}, title: Nytt ${n} } }`).join('\n')}
`;
}
