import type { IncomingMessage, Server } from 'node:http';

const waiting = new WeakMap<IncomingMessage, () => void>();

/**
 * Leaves to the API what the framework answers by itself where a request has an `Expect`: nobody is asked to send a body
 * before it is known that it is taken, and what cannot be fulfilled is refused as a problem.
 */
export function takeExpectations(server: Server): void {
  server.on('checkContinue', (request, response) => {
    waiting.set(request, () => response.writeContinue());
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/** Asks for a body whose sender waits to be asked. */
export const askForBody = (request: IncomingMessage): void => waiting.get(request)?.();
