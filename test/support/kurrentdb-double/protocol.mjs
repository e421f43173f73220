import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// The client carries the stubs of both sides, generated from the server's own protocol.
const generated = (name) => require(`@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/${name}.js`);

export const grpc = require('@grpc/grpc-js');
export const { StreamsService } = generated('streams_grpc_pb');
export const { AppendResp, BatchAppendResp, DeleteResp, ReadResp, TombstoneResp } = generated('streams_pb');
export const { GossipService } = generated('gossip_grpc_pb');
export const { ClusterInfo, EndPoint, MemberInfo } = generated('gossip_pb');
export const { ServerFeaturesService } = generated('serverfeatures_grpc_pb');
export const { SupportedMethod, SupportedMethods } = generated('serverfeatures_pb');
export const {
  AccessDenied,
  AllStreamPosition,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  StreamIdentifier,
  UUID,
  WrongExpectedVersion,
} = generated('shared_pb');
export const { Status } = generated('status_pb');
export const { Any } = require('google-protobuf/google/protobuf/any_pb.js');
export const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js');
