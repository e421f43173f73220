/** What SQLite says where another process has what this one needs for a moment. */
const ofTheMoment = /^SQLITE_(BUSY|LOCKED|PROTOCOL)/;

/** Whether SQLite failed only because another process had the file: the same may be asked again. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ofTheMoment.test(String(error.code));
