import { say, ToldError } from '#kernel';
import type { Role } from '#kernel';
import { NoSparbar } from './no-sparbar.js';

/** A problem that the API answered with. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `The API answered ${status}`);
    this.name = 'ApiProblem';
  }
}

interface Problem {
  readonly code?: string;
  readonly type?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly file?: string;
  readonly faults?: readonly Fault[];
  readonly doubts?: readonly (Fault & { readonly rule: string })[];
}

interface Fault {
  readonly field: string;
  readonly message: string;
  readonly line?: number;
}

interface Answered {
  readonly status: number;
  readonly bytes: Buffer;
  /** Its Content-Type; empty where it has none. */
  readonly type: string;
  /** What is said of the log beside it. */
  readonly log?: string | null | undefined;
}

/** The way to an API: over HTTP to one that runs, or within this process on the stores themselves. */
export interface Transport {
  /** Whether what is left for later is done within this process, and only for as long as it runs. */
  readonly worksHere: boolean;
  request(request: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    /** The role that the request needs, for a transport that can choose. */
    readonly role: Role;
    readonly body?: RequestBody;
    /** In which language what is refused is told, as Accept-Language. */
    readonly language?: string;
  }): Promise<Answered>;
  close(): Promise<void>;
}

export const yaml = (text: string): RequestBody => ({ type: 'application/yaml', text });
export const json = (value: object): RequestBody => ({ type: 'application/json', text: JSON.stringify(value) });

export interface RequestBody {
  readonly type: 'application/yaml' | 'application/json';
  readonly text: string;
}

/** Nobody answers, or not in time. */
export class Unreachable extends ToldError {
  constructor(url: string, cause: unknown, isLate: boolean) {
    super(isLate ? noAnswer({ url }) : nobodyAnswers({ url }), { cause });
  }
}

const noAnswer = say(
  'No answer from {url} in time; --timeout gives it longer',
  'Inget svar från {url} i tid; --timeout ger det längre',
);
const nobodyAnswers = say('Nobody answers at {url}', 'Ingen svarar på {url}');

/** An API that runs somewhere. @param milliseconds how long an answer may take, whole */
export const overHttp = (url: string, token: string, milliseconds: number): Transport => ({
  worksHere: false,
  async request({ body, language, method, path }) {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(language && { 'accept-language': language }),
      ...(body && { 'content-type': body.type }),
    };
    const signal = AbortSignal.timeout(milliseconds);
    try {
      // A path of the URL stays, as of a proxy that leads to several services.
      const answer = await fetch(url.replace(/\/+$/, '') + path, {
        method,
        headers,
        signal,
        ...(body && { body: body.text }),
      });
      const { headers: told, status } = answer;
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status, bytes, type: told.get('content-type') ?? '', log: told.get('sparbar-log') };
    } catch (error) {
      throw new Unreachable(url, error, signal.aborted);
    }
  },
  close: async () => undefined,
});

/** The most that a page of a list holds. */
const pageSize = 500;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

const isPage = (answer: unknown): answer is Page<unknown> => {
  const { items, total } = Object(answer) as Partial<Page<unknown>>;
  return Array.isArray(items) && typeof total === 'number';
};

/** Asks the API, and makes errors of its problems. */
export class ApiClient {
  readonly #warned = new Set<string>();

  readonly #language: string | undefined;
  readonly #confirm: readonly string[] | undefined;

  /**
   * @param language of what is refused, as Accept-Language
   * @param confirm the rules by which what is asked may be doubted, and is meant
   */
  constructor(
    private readonly transport: Transport,
    {
      confirm,
      language,
    }: { readonly language?: string | undefined; readonly confirm?: readonly string[] | undefined } = {},
  ) {
    this.#language = language;
    this.#confirm = confirm;
  }

  /** Whether this process does the work that is left for later, so that it should be waited for. */
  get worksHere(): boolean {
    return this.transport.worksHere;
  }

  get<Answer>(path: string, role: Role = 'auditor'): Promise<Answer> {
    return this.#send<Answer>({ method: 'GET', path, role });
  }

  /** Every item of a list, whichever pages that takes. @param path with or without a query */
  async list<Item>(path: string): Promise<readonly Item[]> {
    return (await this.wholeList<Page<Item>>(path)).items;
  }

  /** The same with what the first page tells beside them. */
  async wholeList<Answer extends Page<unknown>>(path: string): Promise<Answer> {
    const joint = path.includes('?') ? '&' : '?';
    const items: unknown[] = [];
    let first: Answer | undefined;
    for (;;) {
      const asked = { method: 'GET', path: `${path}${joint}limit=${pageSize}&offset=${items.length}` } as const;
      const answered = await this.#answerOf({ ...asked, role: 'auditor' });
      const page = parsed(answered);
      // Others answer JSON too.
      if (!isPage(page)) throw noSparbar(answered);
      first ??= page as Answer;
      items.push(...page.items);
      if (page.items.length === 0 || items.length >= page.total) return { ...first, items };
    }
  }

  post<Answer>(path: string, role: Role, body?: RequestBody): Promise<Answer> {
    const asked = { path, ...(body && { body }) };
    return this.#send<Answer>({ method: 'POST', role, ...(this.#confirm ? confirming(asked, this.#confirm) : asked) });
  }

  /** What is not JSON, or is wanted byte for byte. */
  async getBytes(path: string, role: Role = 'auditor'): Promise<Buffer> {
    return (await this.#answerOf({ method: 'GET', path, role })).bytes;
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  #warn(log: string): void {
    if (this.#warned.has(log)) return;
    this.#warned.add(log);
    process.stderr.write(`sparbar: ${warnings[log] ?? `the log is ${log}`}\n`);
  }

  async #send<Answer>(request: Parameters<Transport['request']>[0]): Promise<Answer> {
    const answered = await this.#answerOf(request);
    return (answered.bytes.length === 0 ? undefined : parsed(answered)) as Answer;
  }

  /** @throws ApiProblem, Unreachable, NoSparbar */
  async #answerOf(request: Parameters<Transport['request']>[0]): Promise<Answered> {
    const answered = await this.transport.request({
      ...request,
      ...(this.#language !== undefined && { language: this.#language }),
    });
    const { log, status } = answered;
    if (log) this.#warn(log);
    if (status < 400) return answered;
    const problem = parsed(answered) as Problem | null;
    if (problem === null || typeof (problem.code ?? problem.type) !== 'string') throw noSparbar(answered);
    throw new ApiProblem(status, problem);
  }
}

type Asked = Pick<Parameters<Transport['request']>[0], 'path' | 'body'>;

/** A command says in its body what it confirms; a file says so itself, and else its address does. */
function confirming({ body, path }: Asked, confirm: readonly string[]): Asked {
  if (body?.type === 'application/yaml')
    return { body, path: `${path}${path.includes('?') ? '&' : '?'}confirm=${confirm.join(',')}` };
  const command = body ? (JSON.parse(body.text) as { readonly confirm?: readonly string[] }) : {};
  return { path, body: json({ ...command, confirm: [...new Set([...(command.confirm ?? []), ...confirm])] }) };
}

/** @throws NoSparbar where it is not JSON */
function parsed(answered: Answered): unknown {
  const { bytes, type } = answered;
  const text = bytes.toString('utf8');
  try {
    if (/^application\/(problem\+)?json/i.test(type)) return JSON.parse(text);
  } catch {
    // Of the right type, and still not what it says.
  }
  throw noSparbar(answered);
}

const noSparbar = ({ bytes, status, type }: Answered): NoSparbar => new NoSparbar(status, type, bytes.toString('utf8'));

/** What is said of the log beside an answer, in words. */
const warnings: Readonly<Record<string, string>> = {
  replaced: 'the log is another one than before; see sparbar log status',
  accepted: 'documents of the log that was accepted are still being made; see sparbar projections status',
  damaged: 'the log is damaged here, and this is what is left; see sparbar projections verify',
};
