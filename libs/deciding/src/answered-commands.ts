import type { StoredEvent } from '#kernel';
import { commandChangedNothing } from './command.events.js';
import type { CommandChangedNothing } from './command.events.js';
import { CommandFilter } from './command-filter.js';
import type { KeptFilter } from './command-filter.js';
import type { Receipt } from './receipt.js';

export interface AnsweredCommand {
  /** Of what was asked for. */
  readonly digest: string;
  readonly outcome: Omit<Receipt, 'id'>;
}

/** What tells an answer in an event. */
type Answering = Pick<StoredEvent<unknown>, 'type' | 'data' | 'metadata' | 'revision' | 'position'>;

/** So many answers of a stream are held whole; of older ones, only that they were given. */
const newestHeld = 1_000;
/** What an answer takes in memory, about. */
const bytesPerAnswer = 400;

/**
 * What earlier commands to an aggregate asked for and were answered. It is shared by the loads of a stream, and only
 * added to.
 */
export class AnsweredCommands {
  readonly #newest: Map<string, AnsweredCommand>;
  readonly #older: CommandFilter;
  /** The revision of the newest event that it knows: loads under way at once may all tell it of the same ones. */
  #upTo: number;

  /** @param kept what `toJSON` gave */
  constructor({ newest, older, upTo }: KeptAnswers = { newest: [], upTo: -1 }) {
    this.#newest = new Map(newest);
    this.#older = new CommandFilter(older);
    this.#upTo = upTo;
  }

  /** What a command was answered, where it is one of the newest. */
  find(commandId: string): AnsweredCommand | undefined {
    return this.#newest.get(commandId);
  }

  /** Whether the stream may tell what a command was answered though it is none of the newest. */
  mayHaveForgotten(commandId: string): boolean {
    return this.#older.mayHold(commandId);
  }

  /** Takes note of an event, in the order of their revisions. */
  note(event: Answering): void {
    if (event.revision <= this.#upTo) return;
    this.#upTo = event.revision;
    const { commandId } = event.metadata;
    this.#newest.set(commandId, answeredBy(event, this.#newest.get(commandId)));
    if (this.#newest.size <= newestHeld) return;
    const oldest = this.#newest.keys().next().value!;
    this.#newest.delete(oldest);
    this.#older.add(oldest);
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#newest.size * bytesPerAnswer + this.#older.bytes;
  }

  toJSON(): KeptAnswers {
    return { newest: [...this.#newest], older: this.#older.toJSON(), upTo: this.#upTo };
  }
}

export interface KeptAnswers {
  readonly newest: readonly (readonly [commandId: string, answered: AnsweredCommand])[];
  readonly older?: KeptFilter;
  readonly upTo: number;
}

/** The answer that an event tells of, after what earlier events of the same command told. */
export function answeredBy(
  { data, metadata: { commandDigest: digest }, position, revision, type }: Answering,
  earlier: AnsweredCommand | undefined,
): AnsweredCommand {
  if (type === commandChangedNothing.type) {
    const { revision: unchanged } = data as CommandChangedNothing['data'];
    return { digest, outcome: { revision: unchanged, position, recorded: [] } };
  }
  return { digest, outcome: { revision, position, recorded: [...(earlier?.outcome.recorded ?? []), type] } };
}
