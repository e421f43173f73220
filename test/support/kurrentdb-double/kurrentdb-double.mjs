import { append, batchAppend } from './appending.mjs';
import { DoubleLog } from './double-log.mjs';
import { grpc, ServerFeaturesService, StreamsService, SupportedMethod, SupportedMethods } from './protocol.mjs';
import { abort, read } from './reading.mjs';

/** The server whose behaviour was measured, and which the double says that it is. */
const version = '22.10.5';
const supported = ['append', 'batchappend', 'read', 'delete', 'tombstone'];

/**
 * A double of KurrentDB: it speaks the server's protocol over a real socket of the loopback, as far as the event store
 * asks for it, and can be made to fail. It says nothing of how a real server performs, clusters or authenticates.
 */
export async function startKurrentDbDouble({ port = 0, file, slowConsumerLimit = 2_000 } = {}) {
  const log = await DoubleLog.open(file);
  const subscriptions = new Set();
  const mute = new WeakSet();
  const answers = { toLose: 0 };
  const faults = { loseAnswer: () => answers.toLose > 0 && answers.toLose-- > 0 };
  const server = new grpc.Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 });
  // What is read is encoded once and kept.
  const encoded = { ...StreamsService, read: { ...StreamsService.read, responseSerialize: (bytes) => bytes } };
  server.addService(encoded, {
    read: (call) => void read(log, call, subscriptions, { mute, slowConsumerLimit }),
    append: (call, answer) => append(log, call, faults, answer),
    batchAppend: (call) => batchAppend(log, call, faults),
    delete: (_call, answer) => answer({ code: grpc.status.UNIMPLEMENTED }),
    tombstone: (_call, answer) => answer({ code: grpc.status.UNIMPLEMENTED }),
  });
  server.addService(ServerFeaturesService, { getSupportedMethods: (_call, answer) => answer(null, features()) });
  const bound = await listen(server, port);
  return {
    port: bound,
    url: `kurrentdb://127.0.0.1:${bound}?tls=false`,
    /** How many subscriptions it serves now. */
    subscriptions: () => subscriptions.size,
    dropSubscriptions: () => {
      for (const call of subscriptions) abort(call, subscriptions, grpc.status.UNAVAILABLE, 'Connection dropped');
    },
    abortSlowConsumers: () => {
      for (const call of subscriptions) abort(call, subscriptions, grpc.status.ABORTED, 'Consumer too slow');
    },
    /** Subscriptions of now stay open, and get nothing any more. */
    muteSubscriptions: () => {
      for (const call of subscriptions) mute.add(call);
    },
    /** Stores the next appends, and drops the connection instead of answering. */
    loseAnswers: (count) => (answers.toLose = count),
    stop: async () => {
      server.forceShutdown();
      await log.close();
    },
  };
}

const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });

function features() {
  const methods = new SupportedMethods();
  methods.setEventStoreServerVersion(version);
  methods.setMethodsList(
    supported.map((name) => {
      const method = new SupportedMethod();
      method.setServiceName('event_store.client.streams.streams');
      method.setMethodName(name);
      return method;
    }),
  );
  return methods;
}
