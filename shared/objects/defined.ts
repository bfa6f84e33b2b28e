type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that are there; optional fields are left out, never `undefined`. */
export function defined<T extends object>(fields: T): Defined<T> {
  const present: Defined<T> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) present[key] = value as Exclude<T[typeof key], undefined>;
  }
  return present;
}

/** The same, or nothing when no field is there. */
export function definedOrNone<T extends object>(fields: T): Defined<T> | undefined {
  const present = defined(fields);
  for (const _ in present) return present;
  return undefined;
}
