import Type from 'typebox';
import { closed, key, text } from './vocabulary.js';

const level = Type.Object(
  {
    code: key('The level as data: what an assessment stores'),
    label: text('The level as a reader sees it', 100),
    meaning: text('What the level says about an item', 500),
    colour: key('The name of its colour. Several levels may share one'),
    icon: key('The name of its icon, so that colour is never the only carrier of meaning (WCAG 1.4.1)'),
    rank: Type.Integer({ description: 'Its place on the scale; 1 is the best', minimum: 1 }),
  },
  { ...closed, description: 'One level of a scale' },
);

export const scaleSchema = Type.Object(
  {
    key: key('The identity of the scale'),
    name: text('What the scale is called', 200),
    version: Type.Integer({ description: 'A changed scale is a new version, never an edited one', minimum: 1 }),
    levels: Type.Array(level, { description: 'The levels, best first', minItems: 2 }),
  },
  { ...closed, description: 'A scale that assessments are made on' },
);
