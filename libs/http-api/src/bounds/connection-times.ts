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
  // That a request names its host is asked for where it is answered by a problem.
  http: { headersTimeout: head, connectionsCheckingInterval: second, requireHostHeader: false },
});
