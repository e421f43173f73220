import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap of this process grow by half of what is in use at the most before what was let go of is collected. V8 lets
 * a heap that is in full use grow to several times as much: a projector that makes all documents then holds twice as much
 * memory, and takes a tenth less of the processor's time.
 */
export function keepHeapTight(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
