import { AddBodyAliasCommand, ChangeGroupMembersCommand, DefineGroupCommand, RegisterBodyCommand } from '#organisation';
import type { PlanFile } from '#plan-files';
import { DefineScaleCommand, ReviseScaleCommand } from '#planning';
import type { KeyedIds } from '../keyed-ids.js';
import { loadStep } from '../load-step.js';
import type { LoadBatch, LoadContext } from '../load-step.js';

/** Bodies, then their aliases, then groups and scales, oldest memberships and versions first. */
export function organisationSteps(file: PlanFile, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const { bodies = [], groups = [], scales = [] } = file;
  const registrations = bodies.map(({ inferred, key, kind, name, note }, index) =>
    loadStep(context, {
      path: `bodies[${index}]`,
      command: RegisterBodyCommand,
      id: ids.body(key),
      data: { key, name, kind },
      grounds: { inferred, note },
    }),
  );
  const aliases = bodies.flatMap(({ aliases: named = [], key }, index) =>
    named.map(({ from, name, note, to }, place) =>
      loadStep(context, {
        path: `bodies[${index}].aliases[${place}]`,
        command: AddBodyAliasCommand,
        id: ids.body(key),
        data: { alias: name, ...(from && { from }), ...(to && { to }) },
        grounds: { note },
        part: [name, from ?? ''],
      }),
    ),
  );
  const definitions = groups.map(({ key, members, name, note }, index) =>
    loadStep(context, {
      path: `groups[${index}]`,
      command: DefineGroupCommand,
      id: ids.group(key),
      data: { key, name, members: members[0]!.bodies.map(ids.body) },
      effectiveOn: members[0]!.from,
      grounds: { note },
    }),
  );
  const memberships = groups.flatMap(({ key, members }, index) =>
    members.slice(1).map(({ bodies: members, from }, place) =>
      loadStep(context, {
        path: `groups[${index}].members[${place + 1}]`,
        command: ChangeGroupMembersCommand,
        id: ids.group(key),
        data: { members: members.map(ids.body) },
        effectiveOn: from,
        part: [from],
      }),
    ),
  );
  // A version rests on the one before it, so that each scale's versions come one after the other.
  const defined = new Set<string>();
  const versions = scales
    .map((scale, index) => ({ scale, index }))
    .sort((left, right) => left.scale.version - right.scale.version)
    .map(({ scale: { key, levels, name, version }, index }) => {
      const first = !defined.has(key);
      defined.add(key);
      const path = `scales[${index}]`;
      return [
        first
          ? loadStep(context, {
              path,
              command: DefineScaleCommand,
              id: ids.scale(key),
              data: { key, name, version, levels },
            })
          : loadStep(context, {
              path,
              command: ReviseScaleCommand,
              id: ids.scale(key),
              data: { levels },
              part: [String(version)],
            }),
      ];
    });
  return [registrations, aliases, definitions, memberships, ...versions];
}
