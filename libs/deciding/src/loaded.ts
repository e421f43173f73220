import type { DomainEvent } from '#kernel';
import type { AnsweredCommands } from './answered-commands.js';

/** An aggregate as its stream tells it. */
export interface Loaded<State, Event extends DomainEvent> {
  readonly stream: string;
  readonly state: State;
  /** The revision of the newest event, which an append builds on; undefined where there is no stream. */
  readonly revision: number | undefined;
  /** The revision of the newest event that changed something, which an ETag names; undefined where nothing is there. */
  readonly version: number | undefined;
  /** The position of the newest event. */
  readonly position: string;
  /** The newest event, by which a log shows that it is the one that the state was folded from. */
  readonly eventId: string | undefined;
  /** The connection over which the newest event was met. */
  readonly connection: number;
  /** Whether it was folded a while ago: only its newest event was met since, or none. */
  readonly kept: boolean;
  /** When the newest event was recorded; the empty text where there is no stream. */
  readonly recordedAt: string;
  /** What earlier commands asked for and were answered. */
  readonly commands: AnsweredCommands;
  /** The revision at which the state was last kept for other processes; -1 where it was not. */
  readonly savedAt: number;
  /** Only tells which events the state is folded from. */
  readonly _event?: Event;
}
