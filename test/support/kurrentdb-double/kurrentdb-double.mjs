import { setTimeout as pause } from 'node:timers/promises';
import { Access } from './access.mjs';
import { Acl } from './acl.mjs';
import { append, batchAppend } from './appending.mjs';
import { deleteStream, tombstoneStream } from './deleting.mjs';
import { DoubleLog } from './double-log.mjs';
import { FollowerLog } from './follower.mjs';
import { clusterInfo } from './gossip.mjs';
import {
  GossipService,
  grpc,
  ServerFeaturesService,
  StreamsService,
  SupportedMethod,
  SupportedMethods,
} from './protocol.mjs';
import { abort, read } from './reading.mjs';

/** The server whose behaviour was measured, and which the double says that it is. */
const version = '22.10.5';
const supported = ['append', 'batchappend', 'read', 'delete', 'tombstone'];
const logs = new WeakMap();

/**
 * A double of KurrentDB: it speaks the server's protocol over a real socket of the loopback, as far as the event store
 * asks for it, and can be made to fail. It says nothing of how a real server performs or elects a leader.
 */
export async function startKurrentDbDouble(options = {}) {
  const { admins, file, follows, lagMilliseconds = 0, port = 0, slowConsumerLimit = 2_000, tls, users } = options;
  const log = follows ? new FollowerLog(logs.get(follows), lagMilliseconds) : await DoubleLog.open(file);
  const access = new Access(users, admins && new Acl(log, admins));
  const subscriptions = new Set();
  const limits = {
    mute: new WeakSet(),
    slowConsumerLimit,
    looked: 0,
    begun: 0,
    scanMilliseconds: 0,
    answerMilliseconds: 0,
  };
  const answers = { toLose: 0 };
  const faults = { loseAnswer: () => answers.toLose > 0 && answers.toLose-- > 0 };
  const cluster = { members: undefined };
  const server = new grpc.Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 });
  // What is read is encoded once and kept.
  const encoded = { ...StreamsService, read: { ...StreamsService.read, responseSerialize: (bytes) => bytes } };
  server.addService(encoded, {
    read: async (call) => {
      if (limits.answerMilliseconds > 0) await pause(limits.answerMilliseconds);
      await read(log, call, subscriptions, limits, access);
    },
    append: (call, answer) => append(log, call, faults, access, answer),
    batchAppend: (call) => batchAppend(log, call, faults, access),
    delete: (call, answer) => deleteStream(log, call, access, answer),
    tombstone: (call, answer) => tombstoneStream(log, call, access, answer),
  });
  server.addService(ServerFeaturesService, { getSupportedMethods: (_call, answer) => answer(null, features()) });
  server.addService(GossipService, {
    read: (_call, answer) => answer(null, clusterInfo(cluster.members ?? [{ port: bound, leads: !access.leader }])),
  });
  const bound = await listen(server, port, tls);
  const double = {
    port: bound,
    url: `kurrentdb://127.0.0.1:${bound}?tls=${tls !== undefined}`,
    subscriptions: () => subscriptions.size,
    subscribed: () => limits.begun,
    lookedAt: () => limits.looked,
    dropSubscriptions: () => {
      for (const call of subscriptions) abort(call, subscriptions, grpc.status.UNAVAILABLE, 'Connection dropped');
    },
    abortSlowConsumers: () => {
      for (const call of subscriptions) abort(call, subscriptions, grpc.status.ABORTED, 'Consumer too slow');
    },
    muteSubscriptions: () => {
      for (const call of subscriptions) limits.mute.add(call);
    },
    answerSlowly: (milliseconds) => (limits.answerMilliseconds = milliseconds),
    scanSlowly: (milliseconds) => (limits.scanMilliseconds = milliseconds),
    loseAnswers: (count) => (answers.toLose = count),
    scavenge: () => log.scavenge(),
    deny: (right) => access.deny(right),
    allowAll: () => access.allowAll(),
    setUsers: (known) => (access.users = known),
    turnLibraryAway: () => (access.turnsLibraryAway = true),
    followLeader: (leader) => (access.leader = leader && { host: '127.0.0.1', port: leader }),
    tellMembers: (members) => (cluster.members = members),
    stop: async () => {
      server.forceShutdown();
      await log.close();
    },
  };
  if (follows) double.followLeader(follows.port);
  logs.set(double, log);
  return double;
}

const listen = (server, port, tls) =>
  new Promise((resolve, reject) => {
    const credentials = tls
      ? grpc.ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.cert }])
      : grpc.ServerCredentials.createInsecure();
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
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
