/**
 * The language that the user of a shell wants to be told in, for Accept-Language; undefined where none is said.
 * @param env `LC_ALL` says it before `LC_MESSAGES`, and that before `LANG` (POSIX): `sv_SE.UTF-8` is `sv-SE`
 */
export function userLanguage(env: NodeJS.ProcessEnv): string | undefined {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  const tag = locale.replace(/[.@].*$/, '').replaceAll('_', '-');
  return isLanguageTag(tag) && !/^(C|POSIX)$/i.test(tag) ? tag : undefined;
}

/** Whether a text can name a language, such as `sv` or `en-GB`. */
export const isLanguageTag = (text: string): boolean => /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(text);
