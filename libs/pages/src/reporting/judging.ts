import { html } from '#html';
import type { Html } from '#html';
import type { Api } from '../api/api.js';
import type { ItemAnswer, Judgement, Level, PlanAnswer } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import type { Person } from '../sign-in/person.js';

interface ScaleAnswer {
  readonly versions: readonly { readonly version: number; readonly levels: readonly Level[] }[];
}

/** The levels that items of a plan are judged by. @throws ApiRefused */
export async function levelsOf(api: Api, { scale }: PlanAnswer): Promise<readonly Level[]> {
  if (!scale) return [];
  const { versions } = await api.get<ScaleAnswer>(`/v1/scales/${scale.scaleId}`);
  return versions.find(({ version }) => version === scale.version)?.levels ?? [];
}

/** What somebody's body has said of an item. */
export const ownJudgements = ({ contributions, status }: ItemAnswer, { actor }: Person): Judgement[] =>
  [...(status ? [status] : []), ...contributions].filter(({ body }) => body.id === actor.body);

/** Levels to choose among, with what each means: a list that opens cuts its texts on a phone. @param name of the field */
export const levelChoices = (
  name: string,
  levels: readonly Level[],
  { chosen, required }: { readonly chosen: string | undefined; readonly required: boolean },
): Html[] =>
  levels.map(
    (level) =>
      html`<p class="choice">
        <input
          type="radio"
          id="${name}-${level.code}"
          name="${name}"
          value="${level.code}"
          ${required && html`required`}
          ${level.code === chosen && html`checked`}
        />
        <label for="${name}-${level.code}">${badge(level)} <span class="hint">${level.meaning}</span></label>
      </p>`,
  );

/** Under which name a browser keeps what somebody has written at an address, and has not sent. */
export const draftOf = ({ actor, tenant }: Person, path: string): string => `${tenant}/${actor.id}${path}`;

/** On the page that follows: what was written at an address has been taken, and need not be kept. */
export const taken = (person: Person, path: string): Html => html`<span data-taken="${draftOf(person, path)}"></span>`;
