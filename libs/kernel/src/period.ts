/** A stretch of ISO days, both ends included; an end that is left out is open. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
}

export const includesDay = ({ from, to }: Period, day: string): boolean =>
  (from === undefined || from <= day) && (to === undefined || day <= to);

export const overlaps = (left: Period, right: Period): boolean =>
  (left.to === undefined || right.from === undefined || right.from <= left.to) &&
  (right.to === undefined || left.from === undefined || left.from <= right.to);
