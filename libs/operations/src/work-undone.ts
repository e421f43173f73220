import { DomainError } from '#kernel';

/** Work that is due is not under way: its job was lost or has failed. It is given another run within a minute. */
export class WorkUndone extends DomainError {
  readonly code = 'work-undone';
  readonly status = 503;
  readonly title = { en: 'Work that is due is not under way', sv: 'Arbete som ska göras är inte på gång' };

  override get transient(): boolean {
    return true;
  }
}
