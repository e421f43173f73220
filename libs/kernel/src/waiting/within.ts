/** Something took longer than whoever waited for it had time. What was asked for may have been done, or be done later. */
export class DeadlinePassed extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
    this.name = 'DeadlinePassed';
  }
}

/** @throws DeadlinePassed where the work takes longer; the work itself goes on, and its outcome is then told to nobody */
export function within<Answer>(milliseconds: number, work: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlinePassed(milliseconds)), milliseconds);
    void work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

/** Waits until some work has ended, well or badly, but not longer than some milliseconds. @returns whether it has */
export const endsWithin = (milliseconds: number, work: Promise<unknown>): Promise<boolean> =>
  within(milliseconds, work.then(nothing, nothing)).then(
    () => true,
    () => false,
  );

const nothing = (): void => undefined;
