/** What the heap may differ by from one stretch to the next without having grown: what a collection leaves, it leaves unevenly. */
const tolerance = 0.05;
const toleratedMegabytes = 2;
const linesEach = 10;

const megabytes = (bytes) => bytes / 2 ** 20;

/**
 * The memory of a run over time. It is flat where the heap, after a forced collection, takes no more on average in the last
 * third of the run than in the middle third, but for 5 % and 2 MB. The first third is for what fills once.
 */
export class Memory {
  #heaps = [];

  /** @param tell takes lines for the reader @param samples how many there will be */
  constructor(name, unit, samples, tell) {
    Object.assign(this, { name, unit, samples, tell });
    tell(`${name}\n${unit.padStart(12)}  heap MB  resident MB`);
  }

  async sample(count) {
    // What a turn has seen it keeps until it ends.
    await new Promise((turned) => setTimeout(turned, 5));
    globalThis.gc();
    const { heapUsed, rss } = process.memoryUsage();
    this.#heaps.push(megabytes(heapUsed));
    if (this.#heaps.length % Math.ceil(this.samples / linesEach) !== 0) return;
    const figures = [heapUsed, rss].map((bytes) => megabytes(bytes).toFixed(1));
    this.tell(`${String(count).padStart(12)}  ${figures[0].padStart(7)}  ${figures[1].padStart(11)}`);
  }

  verdict() {
    const third = Math.floor(this.#heaps.length / 3);
    const [middle, last] = [this.#heaps.slice(third, 2 * third), this.#heaps.slice(2 * third)].map(
      (heaps) => heaps.reduce((sum, heap) => sum + heap, 0) / heaps.length,
    );
    return {
      held: last <= middle * (1 + tolerance) + toleratedMegabytes,
      told: `${this.name}: ${last.toFixed(1)} MB in the last third, ${middle.toFixed(1)} MB in the middle third`,
    };
  }
}
