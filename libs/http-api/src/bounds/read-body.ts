import type { Readable } from 'node:stream';
import { utf8Text } from '#kernel';
import { BodyIncomplete } from './body-incomplete.js';
import type { BodyLimits } from './body-limits.js';
import { BodyTooLarge } from './body-too-large.js';
import { BodyTooSlow } from './body-too-slow.js';

export interface BodyReading {
  readonly limits: BodyLimits;
  /** How long the whole body may take to come. */
  readonly milliseconds: number;
  /** Looks at each piece before the next is read, and refuses the whole by throwing. */
  readonly look?: (piece: Uint8Array) => void;
}

/**
 * Reads a body as UTF-8, up to its limits.
 * @throws BodyTooLarge, BodyTooSlow, BodyIncomplete; MalformedInput where it is not UTF-8, with the place
 */
export async function readBody(body: Readable, { limits, look, milliseconds }: BodyReading): Promise<string> {
  return utf8Text(await collect(body, limits.bytes, milliseconds, look));
}

function collect(
  body: Readable,
  most: number,
  milliseconds: number,
  look: (piece: Uint8Array) => void = () => undefined,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(new BodyTooSlow(milliseconds)), milliseconds);
    const end = (refusal?: Error) => {
      clearTimeout(timer);
      body.off('data', take).off('end', finish).off('error', breakOff).off('close', breakOff);
      if (refusal === undefined) return resolve(Buffer.concat(pieces, length));
      body.on('error', () => undefined).resume();
      reject(refusal);
    };
    const take = (piece: Buffer) => {
      try {
        length += piece.length;
        if (length > most) throw new BodyTooLarge('bytes', most);
        look(piece);
        pieces.push(piece);
      } catch (refusal) {
        end(refusal as Error);
      }
    };
    const finish = () => end();
    const breakOff = () => end(new BodyIncomplete());
    body.on('data', take).once('end', finish).once('error', breakOff).once('close', breakOff);
  });
}
