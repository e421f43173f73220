/** The languages that people are told things in; the first where nobody asks for another. */
export const languages = ['en', 'sv'] as const;
export type Language = (typeof languages)[number];
export const usualLanguage: Language = 'en';

/** A text in every language, with the names of its parameters in braces: `{round} is not open yet`. */
export type Text = Readonly<Record<Language, string>>;

/** What stands in a place of a text. A list is told with commas between. */
export type Part = string | number | Said | readonly (string | number | Said)[];
export type Params = Readonly<Record<string, Part>>;

/** What is said of one case: a text, and what stands in its places. */
export interface Said {
  readonly text: Text;
  readonly params: Params;
  /** What programs read in its stead, where it is a parameter of others or a fault. */
  readonly code?: string;
}

type PlacesOf<Template extends string> = Template extends `${string}{${infer Place}}${infer Rest}`
  ? Place | PlacesOf<Rest>
  : never;
type SamePlaces<One extends string, Other extends string> = [PlacesOf<One>] extends [PlacesOf<Other>]
  ? [PlacesOf<Other>] extends [PlacesOf<One>]
    ? unknown
    : never
  : never;

/** What a text must be given to be said: nothing where it has no places. */
export type Given<Template extends string> = [PlacesOf<Template>] extends [never]
  ? []
  : [params: { readonly [Place in PlacesOf<Template>]: Part }];

const known: Text[] = [];

/** Every text that has been declared with `say`. */
export const knownTexts = (): readonly Text[] => known;

/**
 * Declares what can be said in every language. The compiler refuses texts of which one lacks a parameter of the other.
 * @param code what programs read in its stead; it never changes
 * @returns says it of a case
 */
export function say<const En extends string, const Sv extends string>(
  en: En,
  sv: Sv & SamePlaces<En, Sv>,
  code?: string,
): (...given: Given<En>) => Said {
  const text = { en, sv };
  known.push(text);
  return (...[params = {}]) => ({ text, params, ...(code !== undefined && { code }) });
}

/** A word that other texts take as a parameter. @param code what programs read in its stead */
export const term = (code: string, en: string, sv: string): Said => say<string, string>(en, sv, code)();

/** Words that are the same in every language, such as those of another program. */
export const verbatim = (words: string): Said => ({ text: { en: words, sv: words }, params: {} });

/** Several things said one after the other. */
export function joined(said: readonly Said[], by: string): Said {
  const places = said.map((_, index) => `{${index}}`).join(by);
  return { text: { en: places, sv: places }, params: { ...said } as unknown as Params };
}

/** What is said, in a language. */
export const inLanguage = (language: Language, { params, text }: Said): string =>
  Object.keys(params).length === 0
    ? text[language]
    : text[language].replaceAll(/\{(\w+)\}/g, (place, name: string) =>
        name in params ? partIn(language, params[name]!) : place,
      );

function partIn(language: Language, part: Part): string {
  if (isList(part)) return part.map((each) => partIn(language, each)).join(', ');
  return typeof part === 'object' ? inLanguage(language, part) : String(part);
}

/** The parameters of what is said, for programs. @param language of those that are texts themselves */
export const paramsIn = (language: Language, { params }: Said): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(params).map(([name, part]) => [name, plain(language, part)]));

const plain = (language: Language, part: Part): unknown => {
  if (isList(part)) return part.map((each) => plain(language, each));
  return typeof part === 'object' ? (part.code ?? inLanguage(language, part)) : part;
};

const isList = (part: Part): part is readonly (string | number | Said)[] => Array.isArray(part);
