import { AnyTextField, InstantField } from '#http-api';
import type { Cancelled } from './cancelled.js';

export class CancelledView implements Cancelled {
  @AnyTextField({ example: 'Registrerades två gånger', description: 'Why' })
  reason!: string;
  @InstantField({ description: 'When it was recorded' })
  recordedAt!: string;
}
