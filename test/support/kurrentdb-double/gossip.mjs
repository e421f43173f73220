import { ClusterInfo, EndPoint, MemberInfo } from './protocol.mjs';

/** What a node tells of its cluster. @param members `{ port, leads, alive }` of each node */
export function clusterInfo(members) {
  const info = new ClusterInfo();
  info.setMembersList(
    members.map(({ alive = true, leads, port }) => {
      const endPoint = new EndPoint();
      endPoint.setAddress('127.0.0.1');
      endPoint.setPort(port);
      const member = new MemberInfo();
      member.setHttpEndPoint(endPoint);
      member.setIsAlive(alive);
      member.setState(leads ? MemberInfo.VNodeState.LEADER : MemberInfo.VNodeState.FOLLOWER);
      return member;
    }),
  );
  return info;
}
