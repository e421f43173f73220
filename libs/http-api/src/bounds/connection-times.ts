import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { newId } from '#kernel';

const second = 1_000;

/** How long a connection may take for what is not an answer, in milliseconds. */
export interface ConnectionTimes {
  /** For the head of a request. */
  readonly head: number;
  /** For the body of a request. */
  readonly body: number;
}

export const usualTimes: ConnectionTimes = { head: 20 * second, body: 30 * second };

/** The options of a server that holds connections to these times; it looks at them once a second. */
export const serverOptions = ({ body, head }: ConnectionTimes) => ({
  // Bodies have a timer of their own, which answers; this ends what came as far as no route.
  requestTimeout: head + body + second,
  http: { headersTimeout: head, connectionsCheckingInterval: second },
});

const refusals: Readonly<Record<string, { readonly status: number; readonly code: string; readonly title: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request-too-slow', title: 'The request took too long to arrive' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers-too-large', title: 'The headers of the request are too large' },
};
const garbled = { status: 400, code: 'no-http-request', title: 'The request is no HTTP that can be understood' };

/** Answers what never became a request with a problem (RFC 9457), and ends its connection. */
export function refuseConnection({ code = '' }: Error & { readonly code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { code: kind, status, title } = refusals[code] ?? garbled;
  const problem = JSON.stringify({
    type: `urn:sparbar:problem:${kind}`,
    code: kind,
    title,
    status,
    detail: title,
    instance: `urn:uuid:${newId()}`,
  });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(problem)}`,
      'Connection: close',
      '',
      problem,
    ].join('\r\n'),
  );
}
