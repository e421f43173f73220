import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import type { ClusterInfo } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import { Deadline, pause, StoreUnavailable, within } from '#kernel';
import type { Unavailability } from '#kernel';
import { closeChannel, internalsOf } from './client-internals.js';
import type { Endpoint } from './connection-string.js';
import { failureOf, nameOf } from './failures.js';

const State = gossip.MemberInfo.VNodeState;

/** Time for the nodes to agree, before they are asked again. */
const againMilliseconds = 200;

export interface Search {
  /** Who is asked. */
  readonly hosts: readonly Endpoint[];
  /**
   * Addresses that may be those of further nodes. What they fail with says nothing: a certificate need not cover an address.
   */
  readonly alike: readonly Endpoint[];
  /** A node that has just been silent: it is taken for the leader only where no other is named for half of the time. */
  readonly silent: Endpoint | undefined;
  /** How long to look, and how long one answer may take. */
  readonly milliseconds: number;
  readonly each: number;
  readonly clientTo: (endpoint: Endpoint) => KurrentDBClient;
}

/**
 * The leader of a cluster, as the first of the named nodes tells that knows of one. Nodes elect one in a moment, so they
 * are asked again for as long as there is time.
 * @throws StoreUnavailable with what stands in the way at the nodes that were asked
 */
export async function findLeader({ alike, clientTo, each, hosts, milliseconds, silent }: Search): Promise<Endpoint> {
  const deadline = new Deadline(milliseconds);
  const nodes = [...hosts, ...alike].map((endpoint) => ({ endpoint, client: clientTo(endpoint) }));
  try {
    for (;;) {
      const { failure, leader } = await ask(nodes, hosts.length, each);
      if (leader && (!isSame(leader, silent) || deadline.left < milliseconds / 2)) return leader;
      if (deadline.left <= againMilliseconds || failure?.reason === 'not-one-cluster') {
        throw failure ?? new StoreUnavailable('event store', undefined, 'no-leader', 'its leader is silent');
      }
      await pause(againMilliseconds);
    }
  } finally {
    for (const { client } of nodes) void closeChannel(client).catch(() => {});
  }
}

interface Node {
  readonly endpoint: Endpoint;
  readonly client: KurrentDBClient;
}

async function ask(
  nodes: readonly Node[],
  named: number,
  milliseconds: number,
): Promise<{ readonly leader?: Endpoint; readonly failure?: StoreUnavailable }> {
  try {
    return { leader: await Promise.any(nodes.map((node) => leaderAsSeenBy(node, named, milliseconds))) };
  } catch (error) {
    const errors = ((error as AggregateError).errors as readonly Error[]).slice(0, named);
    const wrong = errors.find((each) => !(each instanceof StoreUnavailable));
    if (wrong) throw wrong;
    return { failure: mostTelling(errors as StoreUnavailable[]) };
  }
}

async function leaderAsSeenBy({ client, endpoint }: Node, named: number, milliseconds: number): Promise<Endpoint> {
  try {
    const members = (await within(milliseconds, gossipOf(client, milliseconds))).getMembersList();
    const leader = members.find((member) => member.getIsAlive() && member.getState() === State.LEADER);
    const unable = (...reason: [Unavailability, string]) => new StoreUnavailable('event store', undefined, ...reason);
    if (!leader) throw unable('no-leader', 'its nodes have no leader, for want of a majority');
    // A leader alone has no majority but its own: it was never told of the others.
    if (named > 1 && members.length === 1) {
      throw unable('not-one-cluster', `${nameOf(endpoint)} is no node of a cluster with the others that the URL names`);
    }
    const at = leader.getHttpEndPoint()!;
    return { host: at.getAddress(), port: at.getPort() };
  } catch (error) {
    throw failureOf(error, undefined, endpoint).error;
  }
}

/** What a node tells of its cluster. */
export const gossipOf = (client: KurrentDBClient, milliseconds: number): Promise<ClusterInfo> => {
  const { callArguments, execute } = internalsOf(client);
  return execute(
    gossipService.GossipClient,
    'gossip',
    (stub) =>
      new Promise((resolve, reject) => {
        stub.read(new shared.Empty(), ...callArguments({ deadline: milliseconds }), (error, told) =>
          error ? reject(error) : resolve(told),
        );
      }),
  );
};

/** What is most certain comes first; a node that is only down says least. */
const telling = ['not-one-cluster', 'no-leader', 'tls-', 'timed-out', 'name-not-found', ''];

function mostTelling(failures: readonly StoreUnavailable[]): StoreUnavailable {
  const rank = ({ reason }: StoreUnavailable) => telling.findIndex((start) => reason.startsWith(start));
  return [...failures].sort((one, other) => rank(one) - rank(other))[0]!;
}

const isSame = (one: Endpoint, other: Endpoint | undefined): boolean =>
  one.host === other?.host && one.port === other.port;
