/** What is wrong at a place of split terms, told to the caller who sent them: the parts of a pointer, and how to mend it. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly detail: string;
}

/** The fault, where it is one. */
export function when(isFault: boolean, path: readonly (string | number)[], detail: string): Fault[] {
  return isFault ? [{ path, detail }] : [];
}

/** The same faults, seen from further out. */
export function under(path: readonly (string | number)[], faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
}
