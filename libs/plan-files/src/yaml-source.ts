import { Composer, isNode, isScalar, LineCounter, visit } from 'yaml';
import type { Document } from 'yaml';
import { say } from '#kernel';
import type { Said } from '#kernel';
import type { Path } from './path.js';
import type { Position } from './plan-file.js';
import { tokensOf, YamlTooLarge } from './yaml-nesting.js';
import { YamlPlaces } from './yaml-places.js';
import { yamlWords } from './yaml-words.js';

/** A text as YAML: what it says, and where it says it. */
export interface YamlSource {
  /** The data, all text in NFC. */
  readonly data: unknown;
  /** What is wrong with the YAML itself. */
  readonly faults: readonly (Position & { readonly said: Said })[];
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
  readonly said: Said;
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
    faults: broken.map(({ offset, said }) => ({ ...at(offset), said })),
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
    const broken = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
      offset: pos[0],
      said: isNoYaml({ words: yamlWords(code, message) }),
    }));
    const others = second ? [{ offset: second.range[0], said: holdsOne() }] : [];
    return { broken: [...broken, ...others, ...aliasesAndRepeatedKeys(document)], document };
  } catch (error) {
    if (!(error instanceof YamlTooLarge)) throw error;
    return { broken: [{ offset: error.offset, said: error.said }] };
  }
}

function aliasesAndRepeatedKeys(document: Document.Parsed): Broken[] {
  const found: Broken[] = [];
  visit(document, {
    Alias: (_, { range }) =>
      void found.push({
        offset: range?.[0] ?? 0,
        said: hasAliases(),
      }),
    Map: (_, { items }) => {
      const names = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (names.has(name)) {
          const offset = (isNode(key) && key.range?.[0]) || 0;
          found.push({ offset, said: isGivenTwice(), harmless: true });
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

const isNoYaml = say('{words}', 'kan inte läsas som YAML: {words}', 'yaml');
const holdsOne = say(
  'a file holds one document; put the other one in a file of its own',
  'en fil har ett dokument; lägg det andra i en egen fil',
  'one-document',
);
const hasAliases = say(
  'aliases are not part of the format; write the value out',
  'alias hör inte till formatet; skriv ut värdet',
  'alias',
);
const isGivenTwice = say(
  'the property is given twice; keep one of them',
  'egenskapen ges två gånger; behåll en av dem',
  'repeated-property',
);
