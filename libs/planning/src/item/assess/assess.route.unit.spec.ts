import { describe, expect, it } from '@jest/globals';
import type { CommandContext, Receipt } from '#deciding';
import type { CommandGateway } from '#http-api';
import { newId } from '#kernel';
import { assessmentIdOf } from '../../planning-ids.js';
import { AssessItemRoute } from './assess.js';

const commandId = newId();
const context: CommandContext = {
  tenant: 'uppsala',
  actor: { id: 'c', role: 'controller' },
  commandId,
  correlationId: commandId,
};
const judged = { roundId: newId(), bodyId: newId(), level: 'delayed', motivation: 'Försenat' };

/** Asks a route whose gateway is a double that gives one receipt. */
function answerTo(recorded: readonly string[]) {
  const receipt: Receipt = { id: newId(), revision: 1, position: '1', recorded };
  const gateway = { send: () => Promise.resolve(receipt) } as unknown as CommandGateway;
  return new AssessItemRoute(gateway).assess(receipt.id, judged, context);
}

describe('The answer to an assessment', () => {
  it('names the assessment that it made', async () => {
    expect(await answerTo(['ItemAssessed'])).toMatchObject({ assessmentId: assessmentIdOf(commandId) });
  });

  it('names none where the body had said the same already', async () => {
    expect(await answerTo([])).not.toHaveProperty('assessmentId');
  });
});
