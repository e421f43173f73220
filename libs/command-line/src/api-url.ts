import { say } from '#kernel';
import { RefusedValue } from './refused-value.js';

/** The URL of an API, which tells nobody a password: a token says who asks. @throws RefusedValue */
export function apiUrl(text: string): string {
  if (!URL.canParse(text)) throw new RefusedValue(isNoUrl());
  const { password, protocol, username } = new URL(text);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') throw new RefusedValue(isNoUrl());
  return text;
}

const isNoUrl = say(
  'It must be an http or https URL, without a user and a password.',
  'Det ska vara en adress med http eller https, utan användare och lösenord.',
);
