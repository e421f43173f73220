import {
  ActorView,
  AnyTextField,
  BooleanField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectsField,
  PageOf,
  ReceiptResponse,
  ValuesField,
} from '#http-api';
import { inLanguage, kind } from '#kernel';
import type { Language } from '#kernel';
import type { Examined, Kept, Taken } from './load-examination.js';
import type { LoadDocument } from './load-directory.projection.js';

class LoadTakenBackView {
  @InstantField({ description: 'When that was decided' })
  decidedAt!: string;
  @AnyTextField({ example: 'Fel fil', description: 'Why' })
  reason!: string;
  @IntegerField({ min: 1, example: 254, description: 'How many things and changes were to be taken back' })
  steps!: number;
  @IntegerField({ min: 0, example: 0, description: 'How many were to stay, because something rests on them' })
  kept!: number;
  @BooleanField({ example: true, description: 'Whether it is carried out; it is under way until then' })
  isCarriedOut!: boolean;
  @IntegerField({ min: 0, example: 0, description: 'How many steps could not be carried out any more' })
  undone!: number;
}

/** A load of a plan file. */
export class LoadView {
  @IdField({ description: 'The load' })
  id!: string;
  @AnyTextField({ example: 'plan.yaml', description: 'What the file was called, where that was told', optional: true })
  file?: string;
  @AnyTextField({ example: 'Zm9v', description: 'SHA-256 of the text of the file, in base64url' })
  digest!: string;
  @IdField({ description: 'The plan that the file is about, where it is about one', optional: true })
  planId?: string;
  @ObjectField(() => ActorView, { description: 'Who loaded it' })
  actor!: ActorView;
  @InstantField({ description: 'When it was begun' })
  begunAt!: string;
  @BooleanField({ example: true, description: 'Whether all of the file is recorded; loading it again goes on with it' })
  isRecorded!: boolean;
  @IntegerField({ min: 0, example: 254, description: 'How many events it recorded', optional: true })
  events?: number;
  @ObjectField(() => LoadTakenBackView, { description: 'That it was taken back', optional: true })
  takenBack?: LoadTakenBackView;
}

export class LoadPage extends PageOf(LoadView, 'The loads, newest first') {}

class LoadedThingView {
  @AnyTextField({ example: 'item', description: 'What sort of thing it is of' })
  category!: string;
  @IdField({ description: 'Which one' })
  id!: string;
  @IdField({ description: 'The event that the load recorded of it' })
  eventId!: string;
  @AnyTextField({ example: 'ItemAdopted', description: 'What that event says' })
  type!: string;
}

class KeptThingView extends LoadedThingView {
  @ValuesField(kind.anyText, {
    example: ['bedömningen: 018f0000-0000-7000-8000-000000000001'],
    description: 'What rests on it, or what else stands in the way; nothing where there is no way to take such back',
  })
  because!: string[];
}

/** What would come of taking a load back. */
export class LoadTakeBackPreview {
  @ObjectsField(() => LoadedThingView, { description: 'What would be taken back, in order' })
  taken!: LoadedThingView[];
  @ObjectsField(() => KeptThingView, { description: 'What would stay, and why' })
  kept!: KeptThingView[];
}

export class LoadTakeBackReceipt extends ReceiptResponse {
  @BooleanField({ example: true, description: 'Whether it is carried out; if not, whichever process comes to it does' })
  isCarriedOut!: boolean;
  @IntegerField({ min: 0, example: 0, description: 'How many steps something had come to rest on by then' })
  undone!: number;
}

export function loadView(load: LoadDocument): LoadView {
  const { _id: id, actor, begunAt, digest, file, planId, recorded, takenBack } = load;
  return {
    id,
    ...(file !== undefined && { file }),
    digest,
    ...(planId !== undefined && { planId }),
    actor,
    begunAt,
    isRecorded: recorded !== undefined,
    ...(recorded && { events: recorded.events }),
    ...(takenBack && { takenBack: takenBackView(takenBack) }),
  };
}

function takenBackView({ closed, decidedAt, kept, reason, steps }: NonNullable<LoadDocument['takenBack']>) {
  // An earlier version of the documents held them all.
  const undone = (closed?.undone ?? 0) as number | readonly unknown[];
  const count = typeof undone === 'number' ? undone : undone.length;
  return { decidedAt, reason, steps, kept, isCarriedOut: closed !== undefined, undone: count };
}

export function previewView({ kept, taken }: Examined, language: Language): LoadTakeBackPreview {
  const because = ({ because: why }: Kept) => why.map((one) => inLanguage(language, one));
  return { taken: taken.map(thing), kept: kept.map((one) => ({ ...thing(one), because: because(one) })) };
}

const thing = ({ category, eventId, id, type }: Taken | Kept): LoadedThingView => ({ category, id, eventId, type });
