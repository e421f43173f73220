/** The specs for the servers that an environment names; undefined where it names none. */
export function contractOf(environment: Readonly<Record<string, string | undefined>>):
  | {
      readonly named: readonly string[];
      /** Whether the whole system is among them: there is a Redis. */
      readonly isWhole: boolean;
      readonly pattern: string;
    }
  | undefined;
