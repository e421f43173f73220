/** So many keys are compared in all: the nearest is a courtesy, which a file of thousands of misspelt keys can do without. */
const mostComparisons = 50_000;
const shortestKey = 5;
const longestKey = 200;

const digitsOf = (key: string): string => key.replaceAll(/[^0-9]+/g, ' ').trim();

/** Finds the known keys that misspelt ones most likely stand for. */
export class NearestKeys {
  #comparisons = 0;

  /**
   * The key that is nearest, if one is near enough to be worth naming and no other is as near. A key with other digits is
   * another key, and never the one that was meant: `uppdrag-34` and `uppdrag-35`. So is another abbreviation: `kfn` and `ifn`.
   */
  to(key: string, known: Iterable<string>): string | undefined {
    if (key.length < shortestKey || key.length > longestKey) return undefined;
    const farthest = Math.max(1, Math.floor(key.length / 4));
    let nearest: { readonly candidate?: string; readonly distance: number } | undefined;
    for (const candidate of known) {
      if (++this.#comparisons > mostComparisons) return undefined;
      if (Math.abs(candidate.length - key.length) > farthest || digitsOf(candidate) !== digitsOf(key)) continue;
      const distance = editDistance(key, candidate);
      if (distance < (nearest?.distance ?? farthest + 1)) nearest = { candidate, distance };
      else if (distance === nearest?.distance) nearest = { distance };
    }
    return nearest?.candidate;
  }
}

/** Levenshtein's distance: how many letters to add, drop or change. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
