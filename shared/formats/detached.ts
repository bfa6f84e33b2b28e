/**
 * A copy of plain data with strings of its own. A string cut from a longer one keeps the whole of that one in memory,
 * here a block of the file; what is kept for long must not. No bigints.
 */
export function detached<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
