const QUOTED = /^(?:'([^']+)'|"([^"]+)"|”([^”]+)”|’([^’]+)’)$/u;

/**
 * A name without the quotes that some tables print around it: `'Egen uppföljning'` and `Egen uppföljning` are one source.
 * Quotes inside the name stay.
 */
export function withoutQuotes(text: string): string {
  const quoted = QUOTED.exec(text.trim());
  return (quoted?.slice(1).find((inner) => inner !== undefined) ?? text).trim();
}
