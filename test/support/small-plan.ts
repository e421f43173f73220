/** A plan of two items, of which the second has so many expected effects, of a length each. */
export const smallPlan = (effects: number, length: number) => `sparbar: 1
bodies:
  - { key: kommunfullmaktige, name: Kommunfullmäktige, kind: council }
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
  owner: { body: kommunfullmaktige, role: direktör }
  validity: { from: '2025-01-01' }
  scale: { key: skala, version: 1 }
  kinds:
    - { code: uppdrag, label: Uppdrag, plural: Uppdrag, order: 1, parents: [] }
  documents: []
  calendar: []
items:
  - { key: ett, kind: uppdrag, title: Ett }
  - key: tva
    kind: uppdrag
    title: Två
    expectedEffects:
${Array.from({ length: effects }, () => `      - ${'å'.repeat(length)}`).join('\n')}
`;
