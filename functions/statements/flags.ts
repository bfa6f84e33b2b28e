/**
 * What a careful reader would stop at, counted. Places are entry numbers of the statement, from 1, or words (a balance's
 * type, `page 2`); only the first of them are kept, the count is of all.
 */
export const placesKeptMax = 20;
/** Characters of a place in words; a balance's type is the bank's own text. */
const placeCharactersMax = 35;

export interface Flag {
  readonly code: string;
  readonly count: number;
  readonly where: readonly (number | string)[];
  /** Minor units of the statement's currency. */
  readonly difference?: bigint;
}

export type FlagTally = Map<string, Flag>;

/** Counts one more occurrence of a flag. */
export function tally(flags: FlagTally, code: string, where: number | string, difference?: bigint): void {
  const known = flags.get(code);
  const places = known?.where ?? [];
  const place = typeof where === 'string' ? where.slice(0, placeCharactersMax).toWellFormed() : where;
  const total = difference === undefined ? known?.difference : (known?.difference ?? 0n) + difference;
  flags.set(code, {
    code,
    count: (known?.count ?? 0) + 1,
    where: places.length < placesKeptMax ? [...places, place] : places,
    ...(total !== undefined && { difference: total }),
  });
}

/** The flags of several pages as those of one statement: entry numbers move on by the entries of the pages before. */
export function joinFlags(pages: readonly { readonly flags: FlagTally; readonly entries: number }[]): FlagTally {
  const joined: FlagTally = new Map();
  let before = 0;
  for (const { flags, entries } of pages) {
    for (const flag of flags.values()) joinFlag(joined, flag, before);
    before += entries;
  }
  return joined;
}

function joinFlag(joined: FlagTally, flag: Flag, before: number): void {
  const known = joined.get(flag.code);
  const moved = flag.where.map((place) => (typeof place === 'number' ? place + before : place));
  const differences = [known?.difference, flag.difference].filter((one) => one !== undefined);
  joined.set(flag.code, {
    code: flag.code,
    count: (known?.count ?? 0) + flag.count,
    where: [...(known?.where ?? []), ...moved].slice(0, placesKeptMax),
    ...(differences.length > 0 && { difference: differences.reduce((a, b) => a + b) }),
  });
}
