import { attestingKinds, kind } from '#kernel';
import type { AttestingDocument, Attestation, Inference } from '#kernel';
import {
  AnyTextField,
  BooleanField,
  ChoiceField,
  DayField,
  IdField,
  ObjectField,
  ObjectsField,
  ValueField,
  ValuesField,
} from '../schema/fields.js';

class AttestingDocumentView implements AttestingDocument {
  @ChoiceField({ of: attestingKinds, example: 'protocol', description: 'What sort of document it is' })
  kind!: (typeof attestingKinds)[number];
  @AnyTextField({ example: 'Protokoll 2024-04-08', description: 'What it is called' })
  title!: string;
  @AnyTextField({ example: 'AMN-2024-00119 § 41', description: 'Where to find it', optional: true })
  reference?: string;
  @ValueField(kind.sha256, { description: 'The SHA-256 of the file', optional: true })
  sha256?: string;
}

class AttestationView implements Attestation {
  @DayField({ example: '2024-04-08', description: 'The day on which it was said' })
  on!: string;
  @AnyTextField({ example: 'Nämndens ordförande', description: 'The office of who said it' })
  role!: string;
  @IdField({ description: 'The body that said it, or on whose behalf it was said', optional: true })
  body?: string;
  @ObjectsField(() => AttestingDocumentView, { description: 'What proves it' })
  evidence!: readonly AttestingDocumentView[];
}

class InferenceView implements Inference {
  @AnyTextField({ example: 'validity.from', description: 'Which fact; left out, all that is told', optional: true })
  fact?: string;
  @AnyTextField({ example: 'Omslaget anger åren.', description: 'What it was read from' })
  ground!: string;
}

/** What is told, and where it comes from, where that is not who recorded it. */
export function OfProvenance<Base extends new () => object>(base: Base) {
  class ViewOfProvenance extends (base as new () => object) {
    @ObjectField(() => AttestationView, {
      description: 'When it was said in the world, by whom, and what proves it, where that was loaded with it',
      optional: true,
    })
    attested?: AttestationView;
    @BooleanField({
      example: true,
      description: 'That it never happened: it was made up, to try the system on',
      optional: true,
    })
    invented?: boolean;
    @ObjectsField(() => InferenceView, {
      example: [{ fact: 'validity.from', ground: 'Omslaget anger åren.' }],
      description: 'What of it no document states, and what that was read from',
      optional: true,
    })
    inferred?: readonly InferenceView[];
    @ValuesField(kind.anyText, {
      example: ['title'],
      description: 'What of it is retold in short, and not as the document words it',
      optional: true,
    })
    retold?: readonly string[];
    @AnyTextField({ example: 'Tryckt utan nummer.', description: 'A remark for the reader', optional: true })
    note?: string;
  }
  return ViewOfProvenance as new () => InstanceType<Base> & ViewedProvenance;
}

interface ViewedProvenance {
  readonly attested?: AttestationView;
  readonly invented?: boolean;
  readonly inferred?: readonly InferenceView[];
  readonly retold?: readonly string[];
  readonly note?: string;
}

class Nothing {}

/** Where what is told comes from, where that is not who recorded it. */
export class ProvenanceView extends OfProvenance(Nothing) {}
