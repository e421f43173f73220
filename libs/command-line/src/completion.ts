import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

interface Place {
  readonly path: readonly string[];
  readonly command: Command;
}

/** A script that lets a shell complete the commands and options of a program. */
export function completionOf(program: Command, shell: Shell): string {
  const places = placesOf(program);
  if (shell === 'fish') return fish(program, places);
  const script = bash(program.name(), places);
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${script}` : script;
}

const placesOf = (command: Command, path: readonly string[] = []): Place[] => [
  { path, command },
  ...command.commands.flatMap((each) => placesOf(each, [...path, each.name()])),
];

const wordsAt = ({ command, path }: Place): string[] => [
  ...command.commands.map((each) => each.name()),
  ...command.options.map(({ long, short }) => long ?? short!),
  ...(path.length > 0 ? [] : ['--help']),
];

/** The deepest place whose words have been said says what may come. */
function bash(name: string, places: readonly Place[]): string {
  const deepestFirst = [...places].sort((one, other) => other.path.length - one.path.length);
  return [
    `_${name}() {`,
    '  local said="" word words',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do [[ $word == -* ]] || said+=" $word"; done',
    '  case "$said " in',
    ...deepestFirst.map((place) => {
      const pattern = place.path.length === 0 ? '*' : `*" ${place.path.join(' ')} "*`;
      return `    ${pattern}) words="${wordsAt(place).join(' ')}" ;;`;
    }),
    '  esac',
    '  COMPREPLY=($(compgen -o default -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    `complete -o default -F _${name} ${name}`,
  ].join('\n');
}

function fish(program: Command, places: readonly Place[]): string {
  const lines = places.flatMap(({ command, path }) => {
    const inner = command.commands.map((each) => each.name());
    const where =
      path.length === 0
        ? '__fish_use_subcommand'
        : [
            `__fish_seen_subcommand_from ${path.at(-1)}`,
            ...(inner.length > 0 ? [`not __fish_seen_subcommand_from ${inner.join(' ')}`] : []),
          ].join('; and ');
    return [
      ...command.commands.map((each) => `-n '${where}' -a ${each.name()} -d ${quoted(each.description())}`),
      ...command.options.map(
        ({ description, long }) =>
          `${path.length === 0 ? '' : `-n '${where}' `}-l ${long!.slice(2)} -d ${quoted(description)}`,
      ),
    ];
  });
  return lines.map((line) => `complete -c ${program.name()} ${line}`).join('\n');
}

const quoted = (text: string): string => `'${text.replaceAll("'", '’')}'`;
