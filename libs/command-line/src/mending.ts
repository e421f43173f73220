import type { Command } from 'commander';
import { kind, say } from '#kernel';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { indicatorId, seriesOf } from './indicators.js';
import { jsonIn } from './json-file.js';
import { mendings } from './mendings.js';
import type { Given, IdOf, Mending } from './mendings.js';
import { bodyId, groupId, itemId, planId, UnclearReference } from './references.js';
import type { AskedMoment } from './references.js';
import { valueOf } from './value-of.js';

interface Outcome {
  readonly result: unknown;
  readonly text: string;
}
type Act = (work: (client: ApiClient) => Promise<Outcome>, use: { readonly records: true }) => Promise<void>;

/** What the words after a command name, by how the usage calls them. What is not here is an id. */
const named: Readonly<Record<string, IdOf>> = {
  item: itemId,
  plan: planId,
  body: bodyId,
  group: groupId,
  indicator: indicatorId,
  period: valueEvent,
};

/** What the groups of commands are about that show nothing themselves. */
const groups: Readonly<Record<string, string>> = {
  item: 'an item that is revised, or was wrongly',
  plan: 'a plan that is changed, or was wrongly',
  assessment: 'an assessment that was wrong',
  value: 'a value of an indicator that was wrong',
};

/** The commands that revise, correct and take back. */
export function mendingCommands(program: Command, act: Act): void {
  for (const mending of mendings) {
    const [group, usage] = [mending.usage.split(' ')[0]!, mending.usage.replace(/^\S+ /, '')];
    const under =
      program.commands.find((one) => one.name() === group) ?? program.command(group).description(groups[group]!);
    const command = under.command(usage).description(mending.about);
    for (const given of mending.given ?? []) addOption(command, given);
    if (mending.corrects) command.option('--corrects <event>', 'the event that it corrects, and takes the day of');
    command
      .option('--effective-on <day>', 'the day that it speaks of', valueOf(kind.day))
      .option('--as-of <moment>', 'what is named is called so on that day', valueOf(kind.moment))
      .option('--with <file>', 'more of the request, as JSON as the API takes it')
      .action((...all: unknown[]) => {
        const words = all.slice(0, -2) as string[];
        // What shows a thing takes --as-of before what changes it does.
        const options = command.optsWithGlobals<Options>();
        return act((client) => mend(client, mending, words, options), { records: true });
      });
  }
}

function addOption(command: Command, { about, flags, isList, isNeeded, take }: Given): void {
  const collect = (text: string, before: readonly string[] = []): string[] => [...before, text];
  const parse = isList ? collect : take;
  if (isNeeded) command.requiredOption(flags, about, parse as never);
  else command.option(flags, about, parse as never);
}

interface Options extends Readonly<Record<string, unknown>> {
  readonly asOf?: string;
  readonly with?: string;
  readonly corrects?: string;
  readonly effectiveOn?: string;
}

/** Puts a command to the API, and tells whether it said anything new. */
export async function mend(
  client: ApiClient,
  { done, given = [], path, usage }: Mending,
  words: readonly string[],
  { asOf, corrects, effectiveOn, with: file, ...options }: Options,
): Promise<Outcome> {
  const names = [...usage.matchAll(/<(\w+)>/g)].map(([, name]) => name!);
  const places = path.split('{}').length - 1;
  const ids: string[] = [];
  for (const [index, word] of words.slice(0, places).entries()) {
    ids.push((await named[names[index]!]?.(client, word, { asOf }, ids)) ?? encodeURIComponent(word));
  }
  const request: Record<string, unknown> = file === undefined ? {} : { ...(await jsonIn(file, '{ "reason": "…" }')) };
  for (const each of given) {
    const value = options[nameOf(each.flags)];
    if (value !== undefined) put(request, each.field, await valueGiven(client, each, value, { asOf }));
  }
  for (const [index, word] of words.slice(places).entries()) request[names[places + index]!] = word;
  const told = { ...request, ...(corrects && { corrects }), ...(effectiveOn && { effectiveOn }) };
  const rest = [...ids];
  const url = `/v1/${path.replaceAll('{}', () => rest.shift()!)}`;
  const result = await client.post<{ readonly recorded: readonly string[]; readonly position: string }>(
    url,
    'controller',
    json(told),
  );
  const isNew = result.recorded.length > 0;
  return { result, text: isNew ? `${done}, vid ${result.position}.` : 'Inget ändrades: så är det redan.' };
}

/** `--printed-label <label>` is `printedLabel`, as the library keeps it. */
const nameOf = (flags: string): string =>
  flags
    .split(' ')[0]!
    .slice(2)
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

async function valueGiven(
  client: ApiClient,
  { idOf, says }: Given,
  value: unknown,
  moment: AskedMoment,
): Promise<unknown> {
  if (says === null) return null;
  if (!idOf) return value;
  if (!Array.isArray(value)) return idOf(client, value as string, moment, []);
  const ids: string[] = [];
  for (const each of value) ids.push(await idOf(client, each as string, moment, []));
  return ids;
}

function put(request: Record<string, unknown>, field: string, value: unknown): void {
  const [first, ...rest] = field.split('.') as [string, ...string[]];
  if (rest.length === 0) request[first] = value;
  else {
    const inner = { ...(request[first] as Record<string, unknown> | undefined) };
    put(inner, rest.join('.'), value);
    request[first] = inner;
  }
}

/** The event that recorded a period of an indicator. @throws UnclearReference where nothing is recorded of it */
async function valueEvent(
  client: ApiClient,
  period: string,
  _moment: AskedMoment,
  [indicator]: readonly string[],
): Promise<string> {
  const found = (await seriesOf(client, indicator!)).find((one) => one.period === period);
  if (!found?.eventId) throw new UnclearReference(nothingRecorded({ period }));
  return found.eventId;
}

const nothingRecorded = say('Nothing is recorded of {period}', 'Inget är registrerat för {period}');
