import { shownText } from '#kernel';

/** Markup that is safe to put into a page as it is. */
export class Html {
  constructor(readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. */
export const escaped = (text: string): string =>
  shownText(text).replace(/[&<>"']/g, (character) => escapes[character]!);

/** Makes markup of a template. Everything that is put in is escaped unless it is markup already. */
export function html(template: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const markup = template.reduce((before, text, index) => before + markupOf(contents[index - 1]) + text);
  return new Html(markup);
}

function markupOf(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Html) return content.markup;
  if (typeof content === 'object') return content.map(markupOf).join('');
  return escaped(String(content));
}
