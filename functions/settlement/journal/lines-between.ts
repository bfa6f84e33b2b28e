import type { Order } from '../orders/order.ts';
import { type Entry, ownerKey } from './entry.ts';
import { agendaEntries, marketEntries } from './market-entries.ts';
import { merchantEntries } from './merchant-entries.ts';
import { opposite } from './opposite.ts';
import { packLine } from './pack-lines.ts';

/** All lines that an order means as it stands, each once. */
export function linesOf(order: Order): Entry[] {
  return [...marketEntries(order), ...merchantEntries(order), ...agendaEntries(order)];
}

/**
 * What is to be written for a change of an order: the lines after it less those before it, by what each is of. A line that is no
 * more, or says something else now, is taken back by its opposite on its own day. So whatever was written before, and whichever
 * changes in between nobody saw, all that is written comes to the lines of the last image.
 */
export function linesBetween(before: Order | undefined, after: Order): Entry[] {
  const old = new Map((before ? linesOf(before) : []).map((entry) => [entry.id, entry]));
  const fresh = linesOf(after);
  const kept = new Set(fresh.filter((entry) => isSame(old.get(entry.id), entry)).map(({ id }) => id));
  const gone = [...old.values()].filter(({ id }) => !kept.has(id));
  return [...gone.map(opposite), ...fresh.filter(({ id }) => !kept.has(id))];
}

function isSame(one: Entry | undefined, other: Entry): boolean {
  return one !== undefined && textOf(one) === textOf(other);
}

function textOf({ owner, date, line }: Entry): string {
  return `${ownerKey(owner)} ${date} ${packLine(line)}`;
}
