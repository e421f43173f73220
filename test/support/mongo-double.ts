import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { BSON } from 'mongodb';

/** A command as it came, with the documents that were sent beside it. */
export type Command = Readonly<Record<string, any>>;

/**
 * What a double answers.
 * @param name of the command, such as `insert`
 * @returns the answer; `silence` for none at all; undefined where the server behind the double is to answer, or the double
 * as an empty server does
 */
export type Answers = (name: string, command: Command) => object | 'silence' | undefined;

export interface MongoDoubleOptions {
  readonly answers?: Answers;
  /** The port of a server on the loopback that answers what the double does not. */
  readonly behind?: number;
  /** What becomes of what the server behind it answers. */
  readonly rewords?: (answer: Command) => object;
}

const messageCode = 2013;
const queryCode = 2004;
const replyCode = 1;
const knownCodes = [messageCode, queryCode, replyCode];
const headBytes = 16;
const largestMessage = 48_000_000;

/** What a primary without a set says of itself. */
export const aServersHello = {
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: largestMessage,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
};

/**
 * A double of a MongoDB on the loopback: it speaks the wire protocol, keeps nothing, and answers as it is told; what it
 * is not told may be answered by a server behind it. It says nothing of how a real server performs.
 */
export class MongoDouble {
  answers: Answers;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#serve(socket));

  #port = 0;

  private constructor(private readonly options: MongoDoubleOptions) {
    this.answers = options.answers ?? (() => undefined);
  }

  static async start(options: MongoDoubleOptions = {}): Promise<MongoDouble> {
    const double = new MongoDouble(options);
    await once(double.#server.listen(0, '127.0.0.1'), 'listening');
    double.#port = (double.#server.address() as AddressInfo).port;
    return double;
  }

  /** Its host and port. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Without a database. */
  get url(): string {
    return `mongodb://${this.address}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #serve(socket: Socket): void {
    const { behind } = this.options;
    const server = behind === undefined ? undefined : connect(behind, '127.0.0.1');
    for (const each of server ? [socket, server] : [socket]) {
      this.#sockets.add(each);
      each.on('error', () => undefined);
      each.on('close', () => {
        this.#sockets.delete(each);
        socket.destroy();
        server?.destroy();
      });
    }
    const { rewords = (answer) => answer } = this.options;
    eachMessage(socket, (message) => {
      const answer = this.#answerTo(message);
      if (answer === 'silence') return;
      if (answer) socket.write(answer);
      else server!.write(message);
    });
    if (server) eachMessage(server, (message) => socket.write(reworded(message, rewords)));
  }

  #answerTo(message: Buffer): Buffer | 'silence' | undefined {
    const command = commandIn(message);
    const name = Object.keys(command)[0]!;
    const answer = this.answers(name, command) ?? (this.options.behind === undefined ? emptily(name) : undefined);
    return typeof answer === 'string' ? answer : answer && answerMessage(message, { ok: 1, ...answer });
  }
}

/** What a server without a single document answers. */
function emptily(name: string): object {
  if (/^(hello|ismaster)$/i.test(name)) return aServersHello;
  if (/^(find|aggregate|listCollections|listIndexes)$/.test(name)) {
    return { cursor: { id: BSON.Long.ZERO, ns: 'double.none', firstBatch: [] } };
  }
  return {};
}

function eachMessage(socket: Socket, take: (message: Buffer) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= headBytes) {
      const length = received.readInt32LE(0);
      // As a server does with what is no message.
      const isMessage =
        length >= headBytes && length <= largestMessage && knownCodes.includes(received.readInt32LE(12));
      if (!isMessage) return void socket.destroy();
      if (received.length < length) return;
      take(received.subarray(0, length));
      received = received.subarray(length);
    }
  });
}

function reworded(message: Buffer, rewords: (answer: Command) => object): Buffer {
  if (message.readInt32LE(12) !== messageCode) return message;
  const body = BSON.serialize(rewords(BSON.deserialize(message.subarray(headBytes + 5), { promoteValues: false })));
  const head = Buffer.from(message.subarray(0, headBytes + 5));
  head.writeInt32LE(head.length + body.length, 0);
  return Buffer.concat([head, body]);
}

function commandIn(message: Buffer): Command {
  if (message.readInt32LE(12) === queryCode) {
    // Flags, a name that ends with a zero, two numbers, and the command.
    const at = message.indexOf(0, headBytes + 4) + 1 + 8;
    return BSON.deserialize(message.subarray(at));
  }
  let command: Command = {};
  for (let at = headBytes + 4; at < message.length;) {
    const kind = message[at++];
    const size = message.readInt32LE(at);
    const section = message.subarray(at, at + size);
    if (kind === 0) command = { ...BSON.deserialize(section), ...command };
    else command = { ...command, ...sequenceIn(section) };
    at += size;
  }
  return command;
}

function sequenceIn(section: Buffer): Command {
  const end = section.indexOf(0, 4);
  const documents: object[] = [];
  for (let at = end + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(BSON.deserialize(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [section.toString('utf8', 4, end)]: documents };
}

function answerMessage(message: Buffer, answer: object): Buffer {
  const isQuery = message.readInt32LE(12) === queryCode;
  const body = BSON.serialize(answer);
  // A reply: flags, cursor, where it starts, how many documents. A message: flags, the kind of its only section.
  const between = Buffer.alloc(isQuery ? 20 : 5);
  if (isQuery) between.writeInt32LE(1, 16);
  const head = Buffer.alloc(headBytes);
  head.writeInt32LE(headBytes + between.length + body.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(isQuery ? replyCode : messageCode, 12);
  return Buffer.concat([head, between, body]);
}
