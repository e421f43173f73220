/** The password of the stores in the specs. It holds all that a URL, a header or a client may take for something else. */
export const secret: string;

/** By what it is found in a text. */
export const tracesOfSecret: readonly string[];
