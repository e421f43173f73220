import { pause } from '#kernel';

/** Waits for something, but not longer than some milliseconds. @returns whether it came */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  const came = work.then(
    () => true,
    () => true,
  );
  const answer = await Promise.race([came, pause(milliseconds, late.signal).then(() => false)]);
  late.abort();
  return answer;
}
