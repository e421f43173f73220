import { DeadlinePassed } from '#kernel';

/**
 * The next so many of what comes, as `make` makes them; fewer only at the end. May take its time, as long as it gets on.
 * @throws DeadlinePassed where nothing came for so many milliseconds: at the first look where nothing comes at all, and
 * before the second where it stops on the way
 */
export function take<Item, Made>(
  items: AsyncIterator<Item>,
  most: number,
  milliseconds: number,
  make: (item: Item) => Made,
): Promise<Made[]> {
  return new Promise((resolve, reject) => {
    const made: Made[] = [];
    let seen = 0;
    const timer = setInterval(() => {
      if (made.length === seen) settle(() => reject(new DeadlinePassed(milliseconds)));
      seen = made.length;
    }, milliseconds);
    const settle = (answer: () => void) => {
      clearInterval(timer);
      answer();
    };
    const read = async () => {
      while (made.length < most) {
        const next = await items.next();
        if (next.done) return;
        made.push(make(next.value));
      }
    };
    read().then(
      () => settle(() => resolve(made)),
      (error: Error) => settle(() => reject(error)),
    );
  });
}

/** A failure of this work is told where it is waited for, and nowhere where nobody waits for it any more. */
export function quietly<Answer>(work: Promise<Answer>): Promise<Answer> {
  work.catch(() => {});
  return work;
}
