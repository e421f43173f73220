/** What a spreadsheet can reckon with, told apart from text. */
export type Cell =
  | string
  /** A measured value, exactly as recorded. */
  | { readonly decimal: string }
  /** A count, a year or a number in a row: nothing between its thousands. */
  | { readonly whole: number }
  /** ISO day. */
  | { readonly day: string }
  /** RFC 3339 instant. */
  | { readonly instant: string };

/** Cells under their head. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}
