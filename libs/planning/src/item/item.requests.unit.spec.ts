import { describe, expect, it } from '@jest/globals';
import { requestValidation } from '#http-api';
import { inLanguage, MalformedInput } from '#kernel';
import type { InputFault } from '#kernel';
import { AdoptItemRequest } from './adopt/adopt.js';
import { AssessItemRequest } from './assess/assess.js';
import { ChangeConcernedRequest } from './change-concerned/change-concerned.js';
import { CorrectAssessmentRequest } from './correct-assessment/correct-assessment.js';
import { ids } from './testing/item.examples.js';

type RequestClass = new () => object;
const validation = requestValidation();

const toldInEnglish = ({ field, said }: InputFault) => ({ field, message: inLanguage('en', said) });

/** What is wrong with a request; nothing where it is right. */
async function faultsOf(request: RequestClass, body: object): Promise<readonly { field: string; message: string }[]> {
  try {
    await validation.transform(body, { type: 'body', metatype: request });
    return [];
  } catch (error) {
    if (error instanceof MalformedInput) return error.faults.map(toldInEnglish);
    throw error;
  }
}

describe('A request of an item', () => {
  it('names whom it concerns as bodies or as a group, and is told so otherwise', async () => {
    const asked = (concerned: unknown) => faultsOf(ChangeConcernedRequest, { concerned });
    const fault = { field: 'concerned', message: 'must hold exactly one of bodies, groupId' };
    expect(await asked({ bodies: [ids.body] })).toEqual([]);
    expect(await asked({ groupId: ids.group, asPrinted: 'Alla nämnder' })).toEqual([]);
    expect(await asked(null)).toEqual([]);
    expect(await asked(undefined)).toEqual([{ field: 'concerned', message: 'must be an object' }]);
    expect(await asked({ bodies: [ids.body], groupId: ids.group })).toEqual([fault]);
    expect(await asked({ asPrinted: 'Alla nämnder' })).toEqual([fault]);
    const adoption = { kind: 'uppdrag', title: 'Fler i arbete' };
    expect(await faultsOf(AdoptItemRequest, { ...adoption, concerned: {} })).toEqual([fault]);
    expect(await asked({ bodies: [] })).toEqual([{ field: 'concerned.bodies', message: 'must hold at least 1' }]);
  });

  it('rests an assessment on one thing at a time', async () => {
    const judged = { roundId: ids.april, bodyId: ids.body, level: 'delayed', motivation: 'Försenat' };
    const grounds = [{ itemId: ids.item }, { indicatorId: ids.indicator }, { note: 'Protokoll' }];
    const fault = { field: 'evidence', message: 'must hold exactly one of itemId, indicatorId, note' };
    expect(await faultsOf(AssessItemRequest, { ...judged, evidence: grounds })).toEqual([]);
    expect(await faultsOf(AssessItemRequest, { ...judged, evidence: [{}] })).toEqual([fault]);
    expect(await faultsOf(AssessItemRequest, { ...judged, evidence: [{ ...grounds[0], ...grounds[2] }] })).toEqual([
      fault,
    ]);
    expect(await faultsOf(CorrectAssessmentRequest, { reason: 'Fel', evidence: [{}] })).toEqual([fault]);
  });

  it('gives every assessment its motivation', async () => {
    const faults = await faultsOf(AssessItemRequest, { roundId: ids.april, bodyId: ids.body, level: 'delayed' });
    expect(new Set(faults.map(({ field }) => field))).toEqual(new Set(['motivation']));
  });
});
