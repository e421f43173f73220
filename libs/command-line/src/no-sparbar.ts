import { say, ToldError } from '#kernel';

/** Something answers that is not Spårbar's API: a proxy before it, or another service. */
export class NoSparbar extends ToldError {
  constructor(status: number, type: string, text: string) {
    const [, title = ''] = /<title[^>]*>([^<]*)</i.exec(text) ?? [];
    const quoted = title.trim() ? `, “${title.trim().slice(0, 100)}”` : '';
    super(isNoApi({ status, type: type || ofNoType(), title: quoted }));
  }
}

const ofNoType = say('of no type', 'av ingen typ');
const isNoApi = say(
  "What answers is not Spårbar's API: {status}, {type}{title}. Is --url right, and what stands before it up?",
  'Det som svarar är inte Spårbars API: {status}, {type}{title}. Är --url rätt, och är det som står framför det igång?',
);
