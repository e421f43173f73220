/** What the API says of a request that it refuses, as far as a page tells it (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly code?: string;
  /** What looks like a mistake, and may be meant: by which rule. */
  readonly doubts?: readonly { readonly rule: string; readonly message: string }[];
  readonly faults?: readonly { readonly field?: string; readonly message: string }[];
  readonly confirm?: readonly string[];
}

/** The API did not do what a page asked of it. */
export class ApiRefused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiRefused';
  }
}
