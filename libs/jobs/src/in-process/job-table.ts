import type Database from 'libsql';
import { isGone, thisProcess } from '#kernel';
import type { Json } from '#kernel';
import { answering, openSqlite, Statements } from '#sqlite';
import { jobIdOf } from '../job-id.js';
import type { EndedState, JobProgress, JobQuery, KeptJobs, NewJob } from '../jobs.port.js';
import type { JobRow } from './job-row.js';
import { layouts } from './layout.js';

const day = 86_400_000;
const waitsNoMore = 'waits = 0, waiting_for = NULL, waiting_since = NULL';
/** A caller waits no longer than a second for a file that another process keeps. */
const busyMilliseconds = 900;
const store = 'job queue';

/** The jobs in a SQLite file, and every way in which one changes. What a worker writes counts only while its lease on the job holds. */
export class JobTable {
  readonly #database: Database.Database;
  readonly #statements: Statements;

  /** @throws StoreUnavailable where the file cannot be opened; NewerLayout */
  constructor(
    file: string,
    private readonly kept: KeptJobs,
  ) {
    this.#database = openSqlite(file, { store, layouts, synchronous: 'FULL', busyMilliseconds });
    this.#statements = new Statements(this.#database);
  }

  /** @returns whether there was none of that id */
  insert({ data, key, name, runAt, tenant }: NewJob, now: number): boolean {
    const id = jobIdOf({ name, key, ...(tenant !== undefined && { tenant }) });
    const at = runAt?.getTime() ?? null;
    return this.#change(
      `INSERT INTO jobs (id, name, key, tenant, data, due_at, run_at, enqueued_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      id,
      name,
      key,
      tenant ?? null,
      JSON.stringify(data),
      at ?? now,
      at,
      now,
    );
  }

  get(id: string): JobRow | undefined {
    return this.#row('SELECT * FROM jobs WHERE id = ?', id);
  }

  /** Counts and pages by the index alone; the rows of the page are all that is read of the table. */
  list({ limit, name, offset, owners, state }: JobQuery, now: number): { rows: JobRow[]; total: number } {
    const conditions: [sql: string, ...parameters: unknown[]][] = [];
    if (name !== undefined) conditions.push(['name = ?', name]);
    if (state === 'scheduled') conditions.push(["state = 'pending' AND due_at > ?", now]);
    else if (state === 'waiting') conditions.push(["state = 'pending' AND due_at <= ?", now]);
    else if (state !== undefined) conditions.push(['state = ?', state]);
    const lists = owners === undefined ? [conditions] : owners.map((owner) => [ofOwner(owner), ...conditions]);
    if (lists.length === 0) return { rows: [], total: 0 };
    const numbers = lists
      .map(
        (list) =>
          `SELECT number FROM jobs ${list.map(([sql], at) => `${at === 0 ? 'WHERE' : 'AND'} ${sql}`).join(' ')}`,
      )
      .join(' UNION ALL ');
    const parameters = lists.flatMap((list) => list.flatMap(([, ...values]) => values));
    return answering(store, () => ({
      rows: this.#statements
        .of(
          `SELECT * FROM jobs WHERE number IN (SELECT number FROM (${numbers}) ORDER BY number DESC LIMIT ? OFFSET ?)
           ORDER BY number DESC`,
        )
        .all(...parameters, limit, offset) as JobRow[],
      total: (this.#statements.of(`SELECT count(*) AS total FROM (${numbers})`).get(...parameters) as { total: number })
        .total,
    }));
  }

  /** @throws StoreUnavailable */
  check(): void {
    this.#row('SELECT 1 FROM jobs LIMIT 1');
  }

  /** @returns whether it had ended so */
  retry(id: string, ended: EndedState, now: number): boolean {
    return this.#change(
      `UPDATE jobs SET state = 'pending', due_at = ?, begun = 0, failures = 0, ended_at = NULL, error = NULL, result = NULL,
         ${waitsNoMore}
       WHERE id = ? AND state = ?`,
      now,
      id,
      ended,
    );
  }

  /** @returns whether it was to come */
  cancel(id: string): boolean {
    return this.#change("DELETE FROM jobs WHERE id = ? AND state = 'pending'", id);
  }

  /** Takes the job of a name that has been due for longest. */
  take(name: string, lease: string, until: number, now: number): JobRow | undefined {
    // Asked first, because a write that finds nothing would still shut others out for a moment.
    const due = this.#row<{ id: string }>(
      "SELECT id FROM jobs WHERE name = ? AND state = 'pending' AND due_at <= ? ORDER BY due_at, number LIMIT 1",
      name,
      now,
    );
    if (!due) return undefined;
    const taken = this.#change(
      `UPDATE jobs SET state = 'active', started_at = ?, begun = begun + 1,
         lease = ?, lease_until = ?, lease_host = ?, lease_pid = ?
       WHERE id = ? AND state = 'pending' AND due_at <= ?`,
      now,
      lease,
      until,
      thisProcess.host,
      thisProcess.pid,
      due.id,
      now,
    );
    return taken ? this.get(due.id) : undefined;
  }

  /** @returns whether the lease still held */
  extend(lease: string, until: number): boolean {
    return this.#ofLease('lease_until = ?', lease, until);
  }

  /** @returns whether the lease still held */
  note(lease: string, progress: JobProgress): boolean {
    return this.#ofLease('progress = ?', lease, JSON.stringify(progress));
  }

  /** @returns whether the lease still held */
  complete(lease: string, result: Json | undefined, now: number): boolean {
    return this.#ofLease(
      `state = 'completed', lease = NULL, error = NULL, ended_at = ?, result = ?, ${waitsNoMore}`,
      lease,
      now,
      result === undefined || result === null ? null : JSON.stringify(result),
    );
  }

  /** Forgets the jobs of a name that ended so and are beyond what is kept. */
  trim(name: string, ended: EndedState, now: number): void {
    const { days, most } = this.kept[ended];
    this.#change('DELETE FROM jobs WHERE state = ? AND name = ? AND ended_at < ?', ended, name, now - days * day);
    this.#change(
      `DELETE FROM jobs WHERE number IN (
         SELECT number FROM jobs WHERE state = ? AND name = ? ORDER BY ended_at DESC, number DESC LIMIT -1 OFFSET ?)`,
      ended,
      name,
      most,
    );
  }

  /** The job rests until its time. @returns whether the lease still held */
  failOnce(lease: string, error: string, dueAt: number): boolean {
    return this.#ofLease(
      `state = 'pending', lease = NULL, failures = failures + 1, error = ?, due_at = ?, ${waitsNoMore}`,
      lease,
      error,
      dueAt,
    );
  }

  /** @returns whether the lease still held */
  failForGood(lease: string, error: string, now: number): boolean {
    return this.#ofLease(
      `state = 'failed', lease = NULL, failures = failures + 1, error = ?, ended_at = ?, ${waitsNoMore}`,
      lease,
      error,
      now,
    );
  }

  /** The job looks again at its time, as if it had not been begun. @returns whether the lease still held */
  wait(lease: string, waitingFor: string, dueAt: number, now: number): boolean {
    return this.#ofLease(
      `state = 'pending', lease = NULL, begun = begun - 1, due_at = ?,
       waits = waits + 1, waiting_for = ?, waiting_since = coalesce(waiting_since, ?)`,
      lease,
      dueAt,
      waitingFor,
      now,
    );
  }

  /** @returns whether the lease still held */
  handBack(lease: string): boolean {
    return this.#ofLease("state = 'pending', lease = NULL", lease);
  }

  /** Gives others the jobs whose worker has been silent for too long, or was a process of this machine that is gone. @returns how many */
  freeAbandoned(now: number): number {
    const leased = this.#rows<{ lease: string; lease_until: number; lease_host: string; lease_pid: number }>(
      "SELECT lease, lease_until, lease_host, lease_pid FROM jobs WHERE state = 'active'",
    );
    return leased.filter(
      ({ lease, lease_host, lease_pid, lease_until }) =>
        (lease_until <= now || isGone({ host: lease_host, pid: lease_pid })) &&
        this.#change(
          "UPDATE jobs SET state = 'pending', lease = NULL WHERE lease = ? AND lease_until = ? AND state = 'active'",
          lease,
          lease_until,
        ),
    ).length;
  }

  close(): void {
    this.#database.close();
  }

  #ofLease(set: string, lease: string, ...parameters: readonly unknown[]): boolean {
    return this.#change(`UPDATE jobs SET ${set} WHERE lease = ? AND state = 'active'`, ...parameters, lease);
  }

  #row<Row = JobRow>(sql: string, ...parameters: readonly unknown[]): Row | undefined {
    return answering(store, () => this.#statements.of(sql).get(...parameters) as Row | undefined);
  }

  #rows<Row>(sql: string, ...parameters: readonly unknown[]): Row[] {
    return answering(store, () => this.#statements.of(sql).all(...parameters) as Row[]);
  }

  #change(sql: string, ...parameters: readonly unknown[]): boolean {
    return answering(store, () => this.#statements.of(sql).run(...parameters).changes > 0);
  }
}

const ofOwner = (owner: string | null): [sql: string, ...parameters: unknown[]] => ['tenant IS ?', owner];
