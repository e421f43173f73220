import { DomainError } from '#kernel';

/** Work that is due is not under way: its job was lost or has failed. It is given another run within a minute. */
export class WorkUndone extends DomainError {
  readonly code = 'work-undone';
  readonly status = 503;
  readonly title = 'Work that is due is not under way';

  override get transient(): boolean {
    return true;
  }
}
