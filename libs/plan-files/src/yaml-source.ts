import { isAlias, isMap, isNode, isPair, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, ParsedNode } from 'yaml';
import type { Path } from './path.js';
import type { Position } from './plan-file.js';

/** A text as YAML: what it says, and where it says it. */
export interface YamlSource {
  /** The data, all text in NFC. */
  readonly data: unknown;
  /** What is wrong with the YAML itself. */
  readonly faults: readonly (Position & { readonly message: string })[];
  /** Whether the data can be trusted to be what the author meant, apart from the faults found. */
  readonly readable: boolean;
  /** Where a value stands; for one that is missing, where the nearest value around it begins. */
  readonly locate: (path: Path) => Position;
  /** Where the name of a property stands. */
  readonly locateName: (path: Path) => Position;
}

/** Reads one YAML 1.2 document. Never throws: whatever is wrong is among the faults. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };

  const broken = [...document.errors, ...document.warnings];
  const aliases = aliasOffsets(document);
  return {
    faults: [
      ...broken.map(({ code, message, pos }) => ({ ...at(pos[0]), message: inWords(code, message) })),
      ...aliases.map((offset) => ({
        ...at(offset),
        message: 'aliases are not part of the format; write the value out',
      })),
    ],
    // After a repeated key the rest is still what it seems; after any other fault the nesting may have shifted.
    readable: aliases.length === 0 && broken.every(({ code }) => code === 'DUPLICATE_KEY'),
    data: aliases.length === 0 ? inNfc(document.toJS()) : undefined,
    locate: (path) => at(nearest(document, path)?.range?.[0] ?? 0),
    locateName: (path) => at(nameOffset(document, path) ?? nearest(document, path)?.range?.[0] ?? 0),
  };
}

function inWords(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'the property is given twice; keep one of them';
  if (code === 'MULTIPLE_DOCS') return 'a file holds one document; put the other one in a file of its own';
  // What follows the first line is a picture of the place, which the fault gives as line and column.
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}

function aliasOffsets(document: Document.Parsed): number[] {
  const offsets: number[] = [];
  visit(document, { Alias: (_, alias) => void offsets.push(alias.range?.[0] ?? 0) });
  return offsets;
}

function nearest(document: Document.Parsed, path: Path): ParsedNode | null {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && !isAlias(node)) return node as ParsedNode;
  }
  return document.contents;
}

function nameOffset(document: Document.Parsed, path: Path): number | undefined {
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(map)) return undefined;
  const pair = map.items.find((item) => isPair(item) && String(item.key) === String(path.at(-1)));
  return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
}

function inNfc(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(inNfc);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inNfc(inner)]));
}
