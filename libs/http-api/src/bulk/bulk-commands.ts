import { setImmediate as othersTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { Turns } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import { idOf, languageOf, MalformedInput, say, StoreFailure } from '#kernel';
import { CostlyWork } from '../costly/costly-work.js';
import { mostBytesOfProblem } from '../problems/bounded-problem.js';
import type { Problem } from '../problems/problem.js';
import { Problems } from '../problems/problems.js';
import { toldReceipt } from '../requests/receipt.interceptor.js';
import { commandContextOf } from '../requests/request-context.js';
import type { AuthenticatedRequest } from '../requests/request-context.js';
import { requestValidation } from '../requests/validation.js';
import { isObject } from '../schema/faults.js';
import type { Outcomes, RowOutcome } from './outcomes.js';
import type { RowFields } from './row.js';
import type { Language } from '#kernel';

/** Commands of one kind, as rows. */
export interface RowsOf<Row extends RowFields, About extends keyof Row & string, Answer extends Receipt> {
  readonly type: Type<Row>;
  /** The field that names what a row is about, as the path of the command alone does. */
  readonly about: About;
  readonly send: (
    id: string,
    request: Omit<Row, About | 'expectedRevision'>,
    context: CommandContext,
  ) => Promise<Answer>;
}

interface Row {
  readonly index: number;
  readonly given: unknown;
  /** What it is about, as far as it says so. */
  readonly thing: string;
  readonly context: CommandContext;
}

/** What became of a row. */
type Ended<Answer> = { readonly receipt: Answer } | { readonly error: unknown; readonly expects: boolean };

/** So many rows are under way at once: what they append together is recorded together. */
const atOnce = 16;
/** All problems of an answer take about so many bytes at most; each may take this share of them. */
const bytesOfProblems = 512 * 1024;
const leastBytesOfProblem = 1024;

/** Takes commands in bulk: each as if it came alone. */
@Injectable()
export class BulkCommands {
  readonly #validation = requestValidation();

  constructor(
    @Inject(CostlyWork) private readonly costly: CostlyWork,
    @Inject(Problems) private readonly problems: Problems,
  ) {}

  /**
   * Has each row decided, those about one thing in their order. Where a store fails, the rows that have not begun do not.
   * @param signal of the caller: when it aborts, no further row begins
   * @throws MalformedInput, TooBusy; StoreFailure where for that reason not one row was taken or refused by a decision
   */
  async send<Fields extends RowFields, About extends keyof Fields & string, Answer extends Receipt>(
    given: readonly unknown[],
    request: AuthenticatedRequest,
    signal: AbortSignal,
    rows: RowsOf<Fields, About, Answer>,
  ): Promise<Outcomes<Answer>> {
    const contexts = contextsOf(given, request, rows.about);
    const ended = await this.costly.bulks.run(request.principal.tenant, signal, () =>
      this.#runAll(contexts, signal, rows),
    );
    return this.#told(ended, request.id, languageOf(request.headers['accept-language']));
  }

  async #runAll<Fields extends RowFields, About extends keyof Fields & string, Answer extends Receipt>(
    rows: readonly Row[],
    signal: AbortSignal,
    kind: RowsOf<Fields, About, Answer>,
  ): Promise<readonly Ended<Answer>[]> {
    const ended = new Array<Ended<Answer>>(rows.length);
    const turns = new Turns();
    const waiting = rows.values();
    let failed: StoreFailure | undefined;
    const end = async (row: Row) => {
      // To check a thousand rows in one go would hold up everybody else.
      await othersTurn();
      signal.throwIfAborted();
      const outcome = failed ? { error: failed, expects: false } : await this.#run(row, kind);
      if ('error' in outcome && outcome.error instanceof StoreFailure) failed ??= outcome.error;
      ended[row.index] = outcome;
    };
    const work = async () => {
      for (const row of waiting) await turns.take(row.thing, () => end(row));
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (failed && ended.every((outcome) => 'error' in outcome && isUndecided(outcome.error))) throw failed;
    return ended;
  }

  async #run<Fields extends RowFields, About extends keyof Fields & string, Answer extends Receipt>(
    { context, given }: Row,
    { about, send, type }: RowsOf<Fields, About, Answer>,
  ): Promise<Ended<Answer>> {
    let expects = false;
    try {
      const fields = (await this.#validation.transform(given ?? null, { type: 'body', metatype: type })) as Fields;
      const { [about]: id, expectedRevision, ...request } = fields;
      expects = expectedRevision !== undefined;
      return {
        receipt: await send(String(id), request, {
          ...context,
          ...(expectedRevision !== undefined && { expectedRevision }),
        }),
      };
    } catch (error) {
      return { error, expects };
    }
  }

  #told<Answer extends Receipt>(ended: readonly Ended<Answer>[], id: string, language: Language): Outcomes<Answer> {
    const share = Math.max(leastBytesOfProblem, Math.min(mostBytesOfProblem, bytesOfProblems / ended.length));
    // A store that failed is the reason of all that was not come to, and is told of once in the log.
    const told = new Map<unknown, Problem>();
    const rows = ended.map((outcome, index): RowOutcome<Answer> => {
      if ('receipt' in outcome) return { index, status: 200, receipt: toldReceipt(outcome.receipt, language) };
      const { error, expects } = outcome;
      const problem = told.get(error) ?? this.problems.of(error, { id, expects, language }, share);
      told.set(error, problem);
      return { index, status: problem.status, problem };
    });
    const receipts = rows.flatMap(({ receipt }) => receipt ?? []);
    const recorded = receipts.filter((receipt) => receipt.recorded.length > 0).length;
    const position = receipts
      .map((receipt) => receipt.position)
      .sort()
      .at(-1);
    return {
      rows,
      recorded,
      unchanged: receipts.length - recorded,
      refused: rows.length - receipts.length,
      ...(position !== undefined && { position }),
    };
  }
}

const isUndecided = (error: unknown): boolean => error instanceof StoreFailure || error instanceof MalformedInput;

/**
 * The rows, each with an id that follows from the key of the whole: by what it is about, and how many rows about that come
 * before it. So a row is the same command wherever it stands among others when it is sent again.
 * @throws MalformedInput where a header cannot be understood, or says of the whole what rows say
 */
function contextsOf(given: readonly unknown[], request: AuthenticatedRequest, about: string): readonly Row[] {
  if (request.headers['if-match'] !== undefined) {
    throw new MalformedInput([{ field: 'If-Match', said: saidByRows() }]);
  }
  const context = commandContextOf(request);
  const seen = new Map<string, number>();
  return given.map((row, index) => {
    const named = isObject(row) ? row[about] : undefined;
    const thing = typeof named === 'string' ? named.toLowerCase() : '';
    const earlier = seen.get(thing) ?? 0;
    seen.set(thing, earlier + 1);
    const commandId = idOf('row', context.commandId, thing, String(earlier));
    return { index, given: row, thing, context: { ...context, commandId, causationId: context.commandId } };
  });
}

const saidByRows = say(
  'is said by each row for itself, as expectedRevision',
  'anges av varje rad för sig, som expectedRevision',
  'said-by-rows',
);
