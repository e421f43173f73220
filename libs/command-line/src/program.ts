import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Argument, Command, CommanderError, Option } from 'commander';
import type { LoadReport } from '#importing';
import { kind, say, userLanguage, utf8Text } from '#kernel';
import { ApiClient, overHttp, yaml } from './api-client.js';
import type { Transport } from './api-client.js';
import { completionOf, shells } from './completion.js';
import type { Shell } from './completion.js';
import { correctDecisionCommand } from './correct-decision.js';
import { differences } from './differences.js';
import { indicatorCommands } from './indicators.js';
import { historyCommands } from './history.js';
import { items, plans } from './listing.js';
import type { ItemFilter } from './listing.js';
import { acceptLog, logStatus } from './log.js';
import type { SecureOptions } from './log-rights.js';
import type { OnStoresOptions } from './on-stores.js';
import { organisationCommands } from './organisation.js';
import { progressOf, table } from './print.js';
import { projectionsStatus, rebuild, retry, skip, verify } from './projections.js';
import { itemId, momentQuery, planId } from './references.js';
import type { AskedMoment } from './references.js';
import { remind } from './reminding.js';
import { roundCommands } from './round-commands.js';
import { coverage, freeze, roundsOf } from './rounds.js';
import { reorganisationText } from './reorganising.js';
import type { ReorganisationUnderWay } from './reorganising.js';
import { revisionCommands, underWayText } from './revisions.js';
import type { UnderWay } from './revisions.js';
import { loadCommands } from './loads.js';
import { mendingCommands } from './mending.js';
import { takingBackCommands } from './taking-back.js';
import { searching } from './searching.js';
import { snapshotCommands } from './snapshots.js';
import { tokenIn } from './token.js';
import { UsageError } from './usage-error.js';
import { valueOf } from './value-of.js';
import { languageTag } from './language-tag.js';
import { RefusedValue } from './refused-value.js';
import { apiUrl } from './api-url.js';

interface Outcome {
  /** What `--json` prints. */
  readonly result: unknown;
  /** What people read. */
  readonly text: string;
  /** Other than 0 where what was asked was found wanting. */
  readonly exitCode?: number;
}

interface Options {
  readonly url?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  /** In seconds. */
  readonly timeout: number;
  readonly data?: string;
  readonly as?: string;
  readonly tenant: string;
  readonly language?: string;
  readonly confirm?: readonly string[];
  readonly json?: true;
}

/** What a command does with the stores of a folder. */
interface Use {
  /** Whether it records something, so that somebody must answer for it. */
  readonly records?: boolean;
  /** Whether it makes the stores where there are none. */
  readonly makes?: boolean;
}

/** So many milliseconds after a reminder, it is known whether anybody is to be told. */
const jobAppears = 3_000;

/** Verification found documents that are not what the log says. */
const differs = 5;

interface ItemAnswer {
  readonly label: string;
  readonly title: string;
  readonly statusLabel: string;
  readonly status: {
    readonly trend: string;
    readonly since: string;
    readonly motivation: string;
    readonly round: string;
    readonly body: { readonly name: string };
    readonly invented?: boolean;
  } | null;
  readonly contributions: readonly {
    readonly body: { readonly name: string };
    readonly level: { readonly label: string };
    readonly motivation: string;
    readonly invented?: boolean;
  }[];
  readonly lifecycle: { readonly state: string };
  readonly coming: readonly { readonly on: string; readonly words: string }[];
  readonly hold?: { readonly label: string; readonly reason: string };
  readonly revisionUnderWay?: UnderWay;
  readonly reorganisationUnderWay?: ReorganisationUnderWay;
}

const trends: Readonly<Record<string, string>> = {
  better: '↑',
  worse: '↓',
  unchanged: '→',
  first: '',
  'not-comparable': '(annan skala än förra gången)',
};

/**
 * The command line. `print` gets what goes to standard output, `exit` the code of what was done. To parse what it does not
 * understand, or what only asks for help, throws CommanderError.
 */
export function sparbar(
  print: (text: string) => void,
  exit: (code: number) => void = (code) => (process.exitCode = code),
): Command {
  forgetEmpty(process.env);
  const program = new Command('sparbar')
    // Before the commands, which take it over as they are made.
    .exitOverride()
    .description('Loads plans, shows how they stand, and replays how they came to')
    .addOption(
      new Option('--url <url>', 'an API that runs')
        .env('SPARBAR_URL')
        .default('http://127.0.0.1:3000')
        .argParser(apiUrl),
    )
    .addOption(new Option('--token <token>', 'the token to ask it with').env('SPARBAR_TOKEN'))
    .addOption(new Option('--token-file <file>', 'a file that holds the token').env('SPARBAR_TOKEN_FILE'))
    .addOption(
      new Option('--timeout <seconds>', 'how long an answer may take')
        .env('SPARBAR_TIMEOUT')
        .default(120)
        .argParser(secondsOf),
    )
    .option('--data <folder>', 'work straight on the stores in this folder instead')
    .addOption(new Option('--as <id>', 'who answers for what is recorded, with --data').env('SPARBAR_ACTOR'))
    .addOption(new Option('--tenant <tenant>', 'whose plans, with --data').env('SPARBAR_TENANT').default('uppsala'))
    .addOption(
      new Option(
        '--language <language>',
        'sv or en, for what is refused; left out, that of LC_ALL, LC_MESSAGES or LANG',
      )
        .env('SPARBAR_LANGUAGE')
        .argParser(languageTag),
    )
    .option(
      '--confirm <rule>',
      'what looks like a mistake is meant: the rule by which it was doubted; one by one',
      codes,
    )
    .option('--json', 'print JSON, for machines; of what fails too, on standard error')
    .option('-V, --version', 'print the version')
    .on('option:version', () => {
      print(version());
      throw new CommanderError(0, 'commander.version', version());
    })
    .showHelpAfterError()
    .addHelpText(
      'after',
      '\nPLAN is a plan’s id or key. ITEM is an item’s id, PLAN:NUMBER or PLAN:KIND:NUMBER.\n' +
        'ROUND is a round’s id or PLAN:KEY. BODY is a body’s id, key or alias. GROUP is a group’s id or key. INDICATOR is an indicator’s id or PLAN:KEY. SNAPSHOT is a snapshot’s id, PLAN:KEY or PLAN:KEY:ISSUE.\n' +
        'Exit codes: 0 done, 1 failed, 2 not understood, 3 not found, 4 refused, 5 documents or snapshots differ from the log, 6 a check of the log found something to mend, 69 nobody answers, not in time, or something that is not Spårbar, 77 a store refuses the user of its URL, 73 a file or a folder cannot be used.',
    );

  const show = ({ exitCode = 0, result, text }: Outcome): void => {
    print(program.opts<Options>().json ? JSON.stringify(result, null, 2) : text);
    exit(exitCode);
  };

  const transport = async ({ makes = false, records = false }: Use): Promise<Transport> => {
    const { as, data, tenant, timeout, token, tokenFile, url } = program.opts<Options>();
    if (data !== undefined) {
      if (records && !as) throw new UsageError(needsActor());
      return onStoresIn(data, { tenant, makes, ...(as && { as }) });
    }
    const given = token || (tokenFile && tokenIn(tokenFile));
    if (!given) throw new UsageError(needsToken());
    return overHttp(url!, given, timeout * 1_000);
  };

  const act = async (work: (client: ApiClient) => Promise<Outcome>, use: Use = {}): Promise<void> => {
    const { confirm } = program.opts<Options>();
    const client = new ApiClient(await transport(use), { language: languageAsked(program), confirm });
    try {
      show(await work(client));
    } finally {
      await client.close();
    }
  };

  program
    .command('load <file...>')
    .description('load plan files, each whole or not at all')
    .action((files: string[]) =>
      act(
        async (client) => {
          const reports: LoadReport[] = [];
          const bar = progressOf(files.length);
          for (const file of files) {
            const report = await client.post<LoadReport>(
              `/v1/imports?${new URLSearchParams({ file: basename(file) }).toString()}`,
              'controller',
              yaml(await textOf(file)),
            );
            reports.push({ ...report, file: basename(file) });
            bar?.increment();
          }
          bar?.stop();
          const rows = reports.map(({ commands, file, recorded, unchanged }) => [
            file,
            `${commands} commands`,
            `${recorded} events recorded`,
            `${unchanged} unchanged`,
          ]);
          return { result: reports, text: table(rows) };
        },
        { records: true, makes: true },
      ),
    );

  program
    .command('plans')
    .description('list the plans')
    .action(() => act(plans));

  const listsItems = program.command('items <plan>').description('list the items of a plan, each with its status');
  searching(listsItems, 'wording')
    .option('--kind <kind>', 'only those of this kind', valueOf(kind.code))
    .option('--under <item>', 'only those directly under this one')
    .option('--successor-of <item>', 'only those that succeed this one, of this plan or another')
    .option('--predecessor-of <item>', 'only those that this one succeeds, of this plan or another')
    .option('--as-of <moment>', 'as they were on that day', valueOf(kind.moment))
    .option('--known-at <moment>', 'as they were known then', valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day))
    .option('--differs-in <round>', 'only those that bodies judge differently in that round, with what each says')
    .action((plan: string, filter: ItemFilter) => act((client) => items(client, plan, filter)));

  program
    .command('status <plan>')
    .description('show how a plan stands')
    .option('--as-of <moment>', 'as it was on that day', valueOf(kind.moment))
    .option('--known-at <moment>', 'as it was known then', valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day))
    .action((plan: string, moment: AskedMoment) =>
      act(async (client) => {
        const id = await planId(client, plan, moment);
        const result = await client.get<Overview>(`/v1/plans/${id}/overview${momentQuery(moment)}`);
        return { result, text: overviewText(result) };
      }),
    );

  program
    .command('replay <item>')
    .description('show an item as it was, folded from the log')
    .option('--as-of <moment>', 'as it was on that day', valueOf(kind.moment))
    .option('--known-at <moment>', 'as it was known then', valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day))
    .action((item: string, moment: AskedMoment) =>
      act(async (client) => {
        const result = await client.get<ItemAnswer>(
          `/v1/items/${await itemId(client, item, moment)}${momentQuery(moment)}`,
        );
        return { result, text: itemText(result) };
      }),
    );

  program
    .command('rounds <plan>')
    .description('list the rounds of a plan and how far they have come')
    .option('--as-of <moment>', 'as they were on that day', valueOf(kind.moment))
    .option('--known-at <moment>', 'as they were known then', valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day))
    .action((plan: string, moment: AskedMoment) => act((client) => roundsOf(client, plan, moment)));
  program
    .command('coverage <round>')
    .description('show which bodies have reported in a round, and what is missing')
    .option('--as-of <moment>', 'as it was on that day', valueOf(kind.moment))
    .option('--known-at <moment>', 'as it was known then', valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day))
    .action((round: string, moment: AskedMoment) => act((client) => coverage(client, round, moment)));
  program
    .command('differences <round>')
    .description('show where bodies judge an item of a round otherwise than the owner of the plan, or than each other')
    .option('--body <body>', 'only where the judgement of this body differs')
    .action((round: string, options: { body?: string }) => act((client) => differences(client, round, options)));
  program
    .command('freeze <round>')
    .description('freeze a round: what comes after is late')
    .option('--override <reason>', 'though bodies are not ready, for this reason')
    .action((round: string, options: { override?: string }) =>
      act((client) => freeze(client, round, options), { records: true }),
    );
  program
    .command('remind <round>')
    .description('remind the bodies that are not ready, and tell whom, and whether it was sent')
    .addOption(new Option('--wait <seconds>', 'how long its sending is followed').default(30).argParser(secondsOf))
    .action((round: string, { wait }: { wait: number }) =>
      act((client) => remind(client, round, { begun: jobAppears, ended: wait * 1_000 }), { records: true }),
    );
  historyCommands(program, act);
  roundCommands(program, act);
  revisionCommands(program, act);
  takingBackCommands(program, act);
  loadCommands(program, act);
  correctDecisionCommand(program, act);
  organisationCommands(program, act);
  indicatorCommands(program, act);
  mendingCommands(program, act);
  snapshotCommands(program, act);

  program
    .command('copy')
    .description('copy a log into another event store, or go on with a copy that was interrupted')
    .requiredOption('--from <url>', 'the event store to read, such as sqlite:var/events.db')
    .requiredOption('--to <url>', 'the event store to write, such as kurrentdb://localhost:2113?tls=false')
    .action(async (urls: { from: string; to: string }) => {
      const { copy } = await import('./copy.js');
      show(await copy(urls, process.stderr.isTTY));
    });

  program
    .command('keys <folder>')
    .description('make a key and a token for each role, for trying things out')
    .option('--reporting-for <key>', 'the body that the reporter reports for', valueOf(kind.code), 'amn')
    .action(async (folder: string, { reportingFor }: { reportingFor: string }) => {
      const { makeKeys } = await import('./keys.js');
      show(await makeKeys(folder, program.opts<Options>().tenant, reportingFor));
    });

  const log = program.command('log').description('the log itself');
  log
    .command('status')
    .description('tell whether it is the one that was written')
    .action(() => act(logStatus));
  log
    .command('accept')
    .description('accept one that lacks what it held before; the log keeps who, when and why')
    .requiredOption('--reason <reason>', 'why it may lack what was recorded in it')
    .action(({ reason }: { reason: string }) => act((client) => acceptLog(client, reason), { records: true }));

  log
    .command('check [url]')
    .description('tell of a KurrentDB what it is, what its user may do beyond need, and which streams lose events')
    .action(async (url: string | undefined) => {
      const { checkLog } = await import('./log-rights.js');
      show(await checkLog(logUrl(url)));
    });
  log
    .command('secure [url]')
    .description('let a user of a KurrentDB read and append, and nobody but administrators anything else')
    .option('--user <name>', 'the user of Spårbar', 'sparbar')
    .option('--copier <name...>', 'users that may read the log to copy it', [])
    .option('--dry-run', 'tell what would change, and change nothing')
    .action(async (url: string | undefined, options: SecureOptions) => {
      const { secureLog } = await import('./log-rights.js');
      show(await secureLog(logUrl(url), options));
    });
  /** From the environment, a password is seen by fewer than on the command line. */
  const logUrl = (url?: string): string => url || process.env['EVENT_STORE_URL'] || refuse();

  const projections = program.command('projections').description('the read models');
  projections
    .command('status')
    .description('show how far they have come')
    .action(() => act(projectionsStatus));
  projections
    .command('rebuild [names...]')
    .description('make them anew, beside those that answer')
    .option(
      '--despite-damage <reason>',
      'also from a damaged log: why they may lack what it has lost; the log keeps it',
    )
    .action((names: string[], { despiteDamage }: { despiteDamage?: string }) =>
      act((client) => rebuild(client, names, { bar: process.stderr.isTTY, despiteDamage }), { records: true }),
    );
  projections
    .command('retry <name>')
    .description('let one that is parked try its event again')
    .action((name: string) => act((client) => retry(client, name), { records: true }));
  projections
    .command('skip <name>')
    .description('let one that is parked leave its event out; the log keeps who, when and why')
    .requiredOption('--reason <reason>', 'why the documents may lack the event')
    .action((name: string, { reason }: { reason: string }) =>
      act((client) => skip(client, name, reason), { records: true }),
    );
  projections
    .command('verify [names...]')
    .description('compare them with the log')
    .action((names: string[]) =>
      act(async (client) => {
        const outcome = await verify(client, names);
        return {
          ...outcome,
          exitCode: outcome.result.some(
            ({ damagedStreams, differing, lostEvents }) => differing + damagedStreams + lostEvents > 0,
          )
            ? differs
            : 0,
        };
      }),
    );

  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell that is to complete').choices(shells))
    .description('print a script that lets a shell complete commands: source <(sparbar completion bash)')
    .action((shell: Shell) => print(completionOf(program, shell)));
  return program;
}

/** The version of the package, from its manifest: beside the sources, and beside what was built of them. */
const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new RefusedValue(isNoTime());
  return seconds;
}

/** @throws UsageError */
function refuse(): never {
  throw new UsageError(needsUrl());
}

/** The text of a file that somebody named. @throws an error of the file system that tells which; MalformedInput where it is not UTF-8 */
async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: Error) => {
    // Of a folder, reading fails without a path.
    throw Object.assign(error, { path: file });
  });
  return utf8Text(bytes, file);
}

/** What is set to nothing is as if it were not set. */
function forgetEmpty(env: NodeJS.ProcessEnv): void {
  const names = ['URL', 'TOKEN', 'TOKEN_FILE', 'TIMEOUT', 'ACTOR', 'TENANT', 'LANGUAGE'];
  for (const name of names) if (env[`SPARBAR_${name}`] === '') delete env[`SPARBAR_${name}`];
}

/** Codes that are given one by one. */
const codes = (text: string, before: readonly string[] = []): string[] => [...before, valueOf(kind.code)(text)];

interface Counted {
  readonly label: string;
  readonly items: number;
  readonly notAssessed: number;
  readonly onHold: number;
  readonly onHoldNotAssessed: number;
  readonly discontinued: number;
  readonly levels: readonly { readonly label: string; readonly count: number }[];
}

interface Overview {
  readonly title: string;
  readonly revisionUnderWay?: UnderWay;
  readonly reorganisationUnderWay?: ReorganisationUnderWay;
  readonly all: Counted;
  readonly byKind: readonly Counted[];
  readonly byTopItem: readonly Counted[];
}

function overviewText(overview: Overview): string {
  const { all, byKind, byTopItem, reorganisationUnderWay, revisionUnderWay, title } = overview;
  const head = [
    ...['', 'Antal', ...all.levels.map(({ label }) => label), 'Inte bedömda', 'Vilar obedömda', 'Upphörda'],
    'Vilar i allt',
  ];
  const row = ({ discontinued, items, label, levels, notAssessed, onHold, onHoldNotAssessed }: Counted) => {
    const parts = [...levels.map(({ count }) => count), notAssessed, onHoldNotAssessed, discontinued];
    return [label, items, ...parts, onHold].map(String);
  };
  const counts = table([head, row({ ...all, label: 'Alla' }), ...byKind.map(row), ...byTopItem.map(row)]);
  const underWay = [...underWayText(revisionUnderWay), ...reorganisationText(reorganisationUnderWay)];
  return [title, ...underWay, counts].join('\n\n');
}

const madeUp = ({ invented }: { readonly invented?: boolean }): string => (invented ? 'Påhittat: ' : '');

function itemText(item: ItemAnswer): string {
  const { coming, contributions, hold, label, lifecycle, status, statusLabel, title } = item;
  const said = contributions.map((one) => `  ${madeUp(one)}${one.body.name}: ${one.level.label}. ${one.motivation}`);
  return [
    `${label}: ${title}`,
    `Status: ${statusLabel}${status ? ` ${trends[status.trend] ?? ''} sedan ${status.since} (${status.round})` : ''}`,
    ...(status ? [`${madeUp(status)}${status.body.name}: ${status.motivation}`] : []),
    ...(lifecycle.state === 'active' ? [] : [`Läge: ${lifecycle.state}`]),
    ...(hold ? [`${hold.label}: ${hold.reason}`] : []),
    ...(said.length > 0 ? ['Bidrag:', ...said] : []),
    ...(coming.length > 0 ? ['Kommande:', ...coming.map(({ on, words }) => `  ${on}: ${words}`)] : []),
    ...underWayText(item.revisionUnderWay),
    ...reorganisationText(item.reorganisationUnderWay),
  ].join('\n');
}

/** The language that a command line asks to be answered in, as Accept-Language; undefined where it says none. */
export const languageAsked = (program: Command): string | undefined =>
  program.opts<Options>().language ?? userLanguage(process.env);

/** Loaded only where it is asked for: an API that runs is asked without any of it. */
async function onStoresIn(folder: string, options: OnStoresOptions): Promise<Transport> {
  const { onStores } = await import('./on-stores.js');
  return onStores(folder, options);
}

const isNoTime = say(
  'It must be a number of seconds, up to a day.',
  'Det ska vara ett antal sekunder, högst ett dygn.',
);
const needsActor = say(
  'Give --as (or SPARBAR_ACTOR): an id of who answers for what is recorded',
  'Ange --as (eller SPARBAR_ACTOR): ett id för den som svarar för det som registreras',
);
const needsUrl = say('Give the URL of the log, or EVENT_STORE_URL', 'Ange loggens URL, eller EVENT_STORE_URL');
const needsToken = say(
  'Give --token (or SPARBAR_TOKEN), --token-file, or --data',
  'Ange --token (eller SPARBAR_TOKEN), --token-file eller --data',
);
