/** The way from the top of a file down to one value. */
export type Path = readonly (string | number)[];

/** The path as people read it: `indicators[3].values[1].total`. */
export function printPath(path: Path): string {
  return path.reduce<string>((printed, step) => {
    if (typeof step === 'number') return `${printed}[${step}]`;
    return printed === '' ? step : `${printed}.${step}`;
  }, '');
}

/** The path that `printPath` printed. */
export function parsePath(printed: string): Path {
  return [...printed.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, index]) =>
    index === undefined ? step : Number(index),
  );
}
