import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';

/**
 * The parts of a process, in the order in which they end; they begin the other way round. Whatever uses another part ends
 * before it. Requests are taken no longer before any of them ends: Nest has closed HTTP when it tells that the app shuts down.
 */
export const parts = ['work', 'jobs', 'projections', 'features', 'threads', 'rates', 'log', 'documents'] as const;

export type PartName = (typeof parts)[number];

/** What runs or is open, and has to be ended. */
export interface Part {
  /** Begins, and waits for nothing. */
  readonly start?: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * Begins and ends what a process has, in one order whichever process it is. Nest calls the hooks of providers by how far
 * their modules are from the root, and at once where that is the same: so this is the only one that has hooks for it.
 */
@Injectable()
export class Lifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #parts = new Map<PartName, Part>();
  #ended: Promise<readonly unknown[]> | undefined;

  /** Takes a part in as soon as it is there. One that comes too late, because the start has failed meanwhile, ends at once. */
  add(name: PartName, part: Part): void {
    if (this.#ended) void part.stop().catch(() => undefined);
    else this.#parts.set(name, part);
  }

  onApplicationBootstrap(): void {
    for (const part of this.#inOrder().reverse()) part.start?.();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }

  /**
   * Ends every part, also after one that fails to. However often it is called, it does so once.
   * @returns what went wrong
   */
  end(): Promise<readonly unknown[]> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<readonly unknown[]> {
    const failures: unknown[] = [];
    for (const part of this.#inOrder()) {
      try {
        await part.stop();
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }

  #inOrder(): Part[] {
    return parts.flatMap((name) => this.#parts.get(name) ?? []);
  }
}
