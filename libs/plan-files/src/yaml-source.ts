import { Composer, isNode, isScalar, LineCounter, visit } from 'yaml';
import type { Document } from 'yaml';
import type { Path } from './path.js';
import type { Position } from './plan-file.js';
import { tokensOf, YamlTooLarge } from './yaml-nesting.js';
import { YamlPlaces } from './yaml-places.js';

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

/** A fault, and where it stands in the text. */
interface Broken {
  readonly offset: number;
  readonly message: string;
  /** Whether the rest is still what it seems. */
  readonly harmless?: true;
}

/** Reads one YAML 1.2 document, in time linear in its length. Never throws: whatever is wrong is among the faults. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const { broken, document } = composed(text, lines);
  const readable = document !== undefined && broken.every(({ harmless }) => harmless);
  const places = document && new YamlPlaces(document);
  return {
    faults: broken.map(({ message, offset }) => ({ ...at(offset), message })),
    readable,
    data: readable ? inNfc(document.toJS()) : undefined,
    locate: (path) => at(places?.value(path) ?? 0),
    locateName: (path) => at(places?.name(path) ?? 0),
  };
}

function composed(text: string, lines: LineCounter): { broken: Broken[]; document?: Document.Parsed } {
  // The library looks for each key among all before it, and draws a picture of each fault; both are done better here.
  const composer = new Composer({ lineCounter: lines, logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
  try {
    const [document, second] = composer.compose(tokensOf(text, lines.addNewLine), true, text.length);
    if (!document) return { broken: [] };
    const broken = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
      offset: pos[0],
      message,
    }));
    const others = second
      ? [{ offset: second.range[0], message: 'a file holds one document; put the other one in a file of its own' }]
      : [];
    return { broken: [...broken, ...others, ...aliasesAndRepeatedKeys(document)], document };
  } catch (error) {
    if (!(error instanceof YamlTooLarge)) throw error;
    return { broken: [{ offset: error.offset, message: error.message }] };
  }
}

function aliasesAndRepeatedKeys(document: Document.Parsed): Broken[] {
  const found: Broken[] = [];
  visit(document, {
    Alias: (_, { range }) =>
      void found.push({
        offset: range?.[0] ?? 0,
        message: 'aliases are not part of the format; write the value out',
      }),
    Map: (_, { items }) => {
      const names = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (names.has(name)) {
          const offset = (isNode(key) && key.range?.[0]) || 0;
          found.push({ offset, message: 'the property is given twice; keep one of them', harmless: true });
        }
        names.add(name);
      }
    },
  });
  return found;
}

function inNfc(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(inNfc);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inNfc(inner)]));
}
