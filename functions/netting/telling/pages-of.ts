import { businessDateOf, laterDate } from '../../../shared/calendar/plain-date.ts';
import { partsOf } from '../../../shared/objects/parts.ts';
import { type Source, sources } from '../centres/identity.ts';
import type { Cycle } from '../cycles/cycle.ts';
import type { Obligation } from '../obligations/obligation.ts';
import type { CycleLine } from '../obligations/obligation-items.ts';
import { rowsPerPageMax, type Telling, type ToldPage, type ToldRow, toldSources } from './telling.ts';

/** References of obligations that come into a cycle by these lines, and may be of a source that is told; each once. */
export function referencesToTell(lines: readonly CycleLine[], kind: Telling['kind']): string[] {
  const prefixes = toldSources[kind].map((source) => `${source}/`);
  const isTold = ({ reference }: CycleLine) => prefixes.some((prefix) => reference.startsWith(prefix));
  return [...new Set(lines.filter((line) => line.enters && isTold(line)).map(({ reference }) => reference))];
}

/**
 * What is told of obligations that came into a cycle, by source, with the day on which they are paid. What has left it
 * since, or was withdrawn, is not told.
 */
export function pagesOf(
  cycle: Pick<Cycle, 'id' | 'valueDate' | 'settledAt'>,
  telling: Telling,
  obligations: readonly Obligation[],
): ToldPage[] {
  const standing = obligations.filter(({ cycleId, state }) => cycleId === cycle.id && state !== 'WITHDRAWN');
  const bySource = Map.groupBy(standing, ({ origin }) => origin?.source);
  const told = sources.filter((source) => toldSources[telling.kind].includes(source));
  const parts = told.flatMap((source) => {
    const rows = (bySource.get(source) ?? []).map((one) => rowOf(one, source));
    return partsOf(rows, rowsPerPageMax).map((part) => ({ source, rows: part }));
  });
  const valueDate = paidOn(cycle);
  return parts.map((part, place) => ({ telling, name: `${telling.revision}-${place}`, valueDate, ...part }));
}

/** The value date, or the later day on which the ledger booked it: until then it was owed, and bore interest. */
function paidOn({ valueDate, settledAt }: Pick<Cycle, 'valueDate' | 'settledAt'>): string {
  return settledAt === undefined ? valueDate : laterDate(valueDate, businessDateOf(new Date(settledAt)));
}

function rowOf({ reference, amount, currency, revision }: Obligation, source: Source): ToldRow {
  return { subject: reference.slice(source.length + 1), reference, amount, currency, revision };
}
