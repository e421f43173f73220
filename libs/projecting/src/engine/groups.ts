import type { Lane } from './lane.js';

/** Partitions that are no further apart read the log together. */
const apartMilliseconds = 5_000;

/** Lanes that read the log together, and from where. */
export interface Group {
  readonly lanes: readonly Lane[];
  readonly position: string;
}

/** Lanes that go on, in groups that are about as far, the furthest first. */
export function groupsOf(lanes: readonly Lane[]): Group[] {
  const active = lanes.flatMap((lane) => (lane.position === undefined ? [] : [{ lane, position: lane.position }]));
  active.sort((one, other) => (one.position < other.position ? 1 : -1));
  const groups: { lanes: Lane[]; position: string; from: number }[] = [];
  for (const { lane, position } of active) {
    const last = groups.at(-1);
    if (last && last.from - lane.recordedAt <= apartMilliseconds) {
      last.lanes.push(lane);
      last.position = position;
    } else groups.push({ lanes: [lane], position, from: lane.recordedAt });
  }
  return groups;
}
