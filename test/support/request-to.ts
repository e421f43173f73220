export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // The body of an answer is what a test looks into.
  readonly body: any;
}

export interface RequestOptions {
  readonly token?: string;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** How long the answer may take. */
  readonly milliseconds?: number;
}

/** Asks an API over a socket. @throws TypeError where the connection breaks; DOMException where no answer comes in time */
export async function requestTo(
  base: string,
  method: 'GET' | 'POST',
  path: string,
  { body, headers = {}, milliseconds = 60_000, token }: RequestOptions = {},
): Promise<Answer> {
  const json = typeof body !== 'string' && body !== undefined;
  const answer = await fetch(new URL(path, base), {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(json && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
    signal: AbortSignal.timeout(milliseconds),
  });
  const text = await answer.text();
  const told = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, headers: answer.headers, body: told && text ? JSON.parse(text) : text };
}
