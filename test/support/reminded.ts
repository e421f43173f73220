import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReminderMessage, WebhookReceiver } from '#notifying';

export interface TakenMessage {
  readonly headers: IncomingHttpHeaders;
  /** The bytes that were signed. */
  readonly text: string;
  readonly message: ReminderMessage;
}

/** A receiver of reminders on the loopback: keeps every message, and takes it unless told otherwise. */
export class Reminded {
  readonly taken: TakenMessage[] = [];

  private constructor(
    private readonly server: Server,
    readonly receiver: WebhookReceiver,
  ) {}

  /** @param answers the statuses of its first answers; 204 from then on */
  static async start(...answers: number[]): Promise<Reminded> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        reminded.taken.push({ headers: request.headers, text, message: JSON.parse(text) as ReminderMessage });
        response.writeHead(answers.shift() ?? 204).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const reminded = new Reminded(server, { url: new URL(`http://127.0.0.1:${port}/paminnelser`), secret });
    return reminded;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
