/** Works as tests want them: one that answers, one that fails, one that never ends, and one that takes all memory. */
export default function work({ as, given }) {
  if (as === 'failure') throw new RangeError('This cannot be done');
  if (as === 'endless') for (;;);
  const kept = [];
  if (as === 'greedy') for (;;) kept.push(Array(100_000).fill(given));
  return { given };
}
