import { AccessDenied, Any, grpc, Status, StreamDeleted } from './protocol.mjs';

/** What a server says no with: over a call of its own as a status, and within a batch as a packed message. */
function refusal(code, details, fields, packed) {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(fields)) metadata.set(name, String(value));
  return { code, details, metadata, ...(packed && { packed }) };
}

export const accessDenied = () =>
  refusal(
    grpc.status.PERMISSION_DENIED,
    'Access Denied',
    { exception: 'access-denied' },
    packed(new AccessDenied(), 'event_store.client.AccessDenied'),
  );

export const connectionDropped = () => refusal(grpc.status.UNAVAILABLE, 'Connection dropped', {});

export const notAuthenticated = () => refusal(grpc.status.UNAUTHENTICATED, 'Unauthenticated', {});

export const notLeader = ({ host, port }) =>
  refusal(grpc.status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': port,
  });

export const wrongExpectedVersion = (stream, expected, actual) =>
  refusal(grpc.status.FAILED_PRECONDITION, 'Wrong expected version', {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': expected,
    ...(actual >= 0 && { 'actual-version': actual }),
  });

export const streamDeleted = (stream) =>
  refusal(
    grpc.status.FAILED_PRECONDITION,
    `Event stream '${stream}' is deleted.`,
    { exception: 'stream-deleted', 'stream-name': stream },
    packed(new StreamDeleted(), 'event_store.client.StreamDeleted'),
  );

export const invalidPosition = () => refusal(grpc.status.UNAVAILABLE, 'Invalid position', {});

/** An error as an answer within a batch carries it. */
export function packed(details, type) {
  const any = new Any();
  any.pack(details.serializeBinary(), type);
  const status = new Status();
  status.setDetails(any);
  return status;
}
