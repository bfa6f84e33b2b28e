/** What is wrong at a place of a configuration, told to the caller who sent it. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly detail: string;
}

/** The fault, where it is one. */
export function when(isFault: boolean, path: readonly (string | number)[], detail: string): Fault[] {
  return isFault ? [{ path, detail }] : [];
}

/** The faults of a part, at its place in the whole. */
export function under(path: readonly (string | number)[], faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
}
