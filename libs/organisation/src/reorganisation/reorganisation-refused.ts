import { PartsRefused } from '#deciding';

/** Parts of a reorganisation cannot be carried out, or nobody is named who takes them over. Every one is told, and nothing was recorded. */
export class ReorganisationRefused extends PartsRefused {
  readonly code = 'reorganisation-refused';
  readonly title = {
    en: 'Parts of the reorganisation cannot be carried out',
    sv: 'Delar av omorganisationen kan inte genomföras',
  };
}
