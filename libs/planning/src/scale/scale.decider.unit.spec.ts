import { describe, expect, it } from '@jest/globals';
import { fold, specify } from '#kernel/testing';
import { scales } from './scale.decider.js';
import type { DefineScale, ReviseScale, ScaleCommand } from './scale.decider.js';
import type { Level, ScaleEvent } from './scale.events.js';

const { given } = specify(scales.decider);
const scaleId = '018f0000-0000-7000-8000-000000000001';
const level = (code: string, rank: number, colour = 'green'): Level => ({
  code,
  label: code,
  meaning: code,
  colour,
  icon: 'circle',
  rank,
});
const levels = [level('on-track', 1), level('delayed', 2)];
const defined = (version = 1): ScaleEvent => ({
  type: 'ScaleDefined',
  data: { scaleId, name: 'Bedömning', version, levels },
});
const command = <C extends ScaleCommand>(type: C['type'], data: C['data']): ScaleCommand =>
  ({ type, id: scaleId, data, facts: undefined, effectiveOn: '2025-01-01' }) as ScaleCommand;
const define = (data: Partial<DefineScale['data']> = {}) =>
  command<DefineScale>('DefineScale', { name: 'Bedömning', levels, ...data });
const revise = (revised: readonly Level[]) => command<ReviseScale>('ReviseScale', { levels: revised });

describe('A scale', () => {
  it('is defined once, with its levels best first', () => {
    given()
      .when(define({ levels: [...levels].reverse() }))
      .then(defined());
    given(defined()).when(define()).refused('scale-defined-once');
  });

  it('may begin at the version that a municipality has come to', () => {
    given()
      .when(define({ version: 3 }))
      .then(defined(3));
    given(defined(3))
      .when(revise([...levels, level('stopped', 3)]))
      .then({ type: 'ScaleRevised', data: { scaleId, version: 4, levels: [...levels, level('stopped', 3)] } });
  });

  it('has at least two levels, each with a code and a rank of its own', () => {
    given()
      .when(define({ levels: [level('on-track', 1)] }))
      .refused('scale-has-levels');
    given()
      .when(define({ levels: [level('on-track', 1), level('on-track', 2)] }))
      .refused('level-codes-differ');
    given()
      .when(define({ levels: [level('on-track', 1), level('delayed', 3)] }))
      .refused('ranks-count-up');
  });

  it('may give one colour to several levels: a colour is no key', () => {
    given()
      .when(define({ levels: [level('completed', 1, 'green'), level('on-track', 2, 'green')] }))
      .then({
        type: 'ScaleDefined',
        data: {
          scaleId,
          name: 'Bedömning',
          version: 1,
          levels: [level('completed', 1, 'green'), level('on-track', 2, 'green')],
        },
      });
  });

  it('is revised only where something changes, and when it exists', () => {
    given(defined()).when(revise(levels)).then();
    given().when(revise(levels)).refused('scale-defined');
  });

  it('keeps what its older versions meant', () => {
    const revised: ScaleEvent = {
      type: 'ScaleRevised',
      data: { scaleId, version: 2, levels: [level('good', 1), level('bad', 2)] },
    };
    expect(fold(scales.decider, [defined(), revised])).toMatchObject({ newest: 2, versions: { 1: levels } });
  });
});
