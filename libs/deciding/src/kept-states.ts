import type { Document, DocumentStore } from '#document-store';
import type { DomainCommand, DomainEvent } from '#kernel';
import type { Aggregate } from './aggregate.js';
import { AnsweredCommands } from './answered-commands.js';
import type { KeptAnswers } from './answered-commands.js';
import type { Loaded } from './loaded.js';

const collection = 'decision-states';
/** Of states that take more than this, the log is read instead. */
const mostCharacters = 4_000_000;
/** The connection of what was met over none: nothing is believed of it before its newest event was met. */
const never = -1;

/** A state as the document store holds it: at a revision, under the version of the fold that made it. */
interface StateDocument extends Document {
  readonly version: number;
  readonly fold: number;
  readonly revision: number;
  readonly changed: number;
  readonly position: string;
  readonly eventId: string;
  readonly recordedAt: string;
  /** JSON of the state and of the answers: of names of fields, a store does not take all. */
  readonly state: string;
  readonly answers: string;
}

/**
 * States of aggregates with a long story, so that a process that has just begun need not read it all. What is here can
 * be thrown away at any time: it is a fold of the log, and believed only together with the event that it ends in.
 */
export class KeptStates {
  constructor(private readonly documents: Pick<DocumentStore, 'compareAndSet' | 'get'>) {}

  /** The newest state that was kept; undefined where there is none of this fold, or the store does not answer. */
  async find<Command extends DomainCommand, State, Event extends DomainEvent>(
    { foldVersion }: Aggregate<Command, State, Event>,
    stream: string,
  ): Promise<Loaded<State, Event> | undefined> {
    if (foldVersion === undefined) return undefined;
    try {
      const found = await this.documents.get<StateDocument>(collection, stream);
      if (found?.fold !== foldVersion) return undefined;
      const { changed: version, eventId, position, recordedAt, revision } = found;
      const state = JSON.parse(found.state) as State;
      const commands = new AnsweredCommands(JSON.parse(found.answers) as KeptAnswers);
      const met = { connection: never, kept: true };
      return { stream, state, revision, version, position, eventId, recordedAt, commands, savedAt: revision, ...met };
    } catch {
      return undefined;
    }
  }

  /** Keeps a state in place of any other. That it could not be kept costs the next process a reading, and nothing else. */
  async keep<Command extends DomainCommand, State, Event extends DomainEvent>(
    { foldVersion: fold }: Aggregate<Command, State, Event>,
    {
      commands,
      eventId,
      position,
      recordedAt,
      revision,
      state: folded,
      stream,
      version: changed,
    }: Loaded<State, Event>,
  ): Promise<void> {
    if (fold === undefined) return;
    const [state, answers] = [JSON.stringify(folded), JSON.stringify(commands)];
    if (state.length + answers.length > mostCharacters) return;
    try {
      const before = (await this.documents.get<StateDocument>(collection, stream))?.version;
      const content = { fold, revision, changed, position, eventId, recordedAt, state, answers };
      await this.documents.compareAndSet(collection, { _id: stream, version: (before ?? 0) + 1, ...content }, before);
    } catch {
      // The log has it all.
    }
  }
}
