import { MongoClient } from 'mongodb';

/** The shortest that the driver allows. */
const shortestHeartbeat = 500;
/** However alive the server is otherwise: no single command takes so long. */
const longestCommand = 60_000;

/**
 * A client that keeps what it is told by a majority, reads its own writes, and gives up on a server that is gone or
 * frozen within the given time. Nothing is connected yet.
 *
 * A frozen server is told from a slow one by its heartbeat: where that stays out, waiting commands are ended.
 * @throws MongoParseError where the URL cannot be understood
 */
export function clientFor(url: string, patienceMilliseconds: number): MongoClient {
  // In the worst case a call waits for a connection that does not come about, then for another, then for a server.
  const silence = patienceMilliseconds / 3;
  return new MongoClient(url, {
    appName: 'sparbar',
    // What was acknowledged survives a failover and a power cut.
    writeConcern: { w: 'majority', j: true, wtimeoutMS: patienceMilliseconds },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    // Where the server supports it: repeated once, and counted once.
    retryWrites: true,
    retryReads: true,
    // JSON has no undefined.
    ignoreUndefined: true,
    // JSON's numbers are doubles. The driver writes those of 32 bits as int32 and all others as doubles, which hold every
    // safe integer, and reads both as numbers. It writes no int64, so that neither `useBigInt64` nor `promoteLongs` has
    // anything to say.
    heartbeatFrequencyMS: shortestHeartbeat,
    connectTimeoutMS: silence,
    waitQueueTimeoutMS: silence,
    serverSelectionTimeoutMS: patienceMilliseconds / 4,
    socketTimeoutMS: longestCommand,
  });
}
