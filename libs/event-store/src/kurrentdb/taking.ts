import { DeadlinePassed, within } from '#kernel';

/** How to bear with a source that is silent. */
export interface Patience {
  /** For how long it may be silent, in milliseconds. */
  readonly milliseconds: number;
  /** Asks for a sign of life where the source may well be silent while it looks for something. It is waited for on, then. */
  readonly signOfLife?: (() => Promise<unknown>) | undefined;
}

/** What looks through a log without a find for so many times its patience is not waited for any longer. */
const mostSigns = 24;

/**
 * The next so many of what comes, as `make` makes them; fewer only at the end, or where `isEnough` says so of one. May take its time, as long as it gets on.
 * @throws DeadlinePassed where nothing came for so many milliseconds, nor a sign of life: at the first look where nothing
 * comes at all, and before the second where it stops on the way
 */
export function take<Item, Made>(
  items: AsyncIterator<Item>,
  most: number,
  { milliseconds, signOfLife }: Patience,
  make: (item: Item) => Made,
  isEnough: (made: Made) => boolean = () => false,
): Promise<Made[]> {
  return new Promise((resolve, reject) => {
    const made: Made[] = [];
    const pace = signOfLife ? milliseconds / 2 : milliseconds;
    let seen = 0;
    let signs = 0;
    const giveUp = () => settle(() => reject(new DeadlinePassed(milliseconds)));
    const timer = setInterval(() => {
      if (made.length > seen) {
        seen = made.length;
        signs = 0;
      } else if (signOfLife && signs++ < mostSigns) void within(pace, signOfLife()).catch(giveUp);
      else giveUp();
    }, pace);
    const settle = (answer: () => void) => {
      clearInterval(timer);
      answer();
    };
    const read = async () => {
      while (made.length < most) {
        const next = await items.next();
        if (next.done) return;
        const one = make(next.value);
        made.push(one);
        if (isEnough(one)) return;
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
