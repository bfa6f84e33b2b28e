import type { Case } from '../book/case.ts';
import { compareItems, type Item } from '../book/item.ts';
import type { Pool } from '../book/pool.ts';
import type { Hit } from '../references/find-references.ts';
import type { Entry } from '../references/reference-index.ts';

/** The invoices that a receipt names, of its own entity and currency. */
export interface Named {
  readonly hits: readonly Hit[];
  /** Each is meant: its own number is there, or a reference that is its alone. */
  readonly single: readonly Item[];
  /** One of these or several: a contract or an order that they share, or a number that two customers have. */
  readonly group: readonly Item[];
}

export const nothingNamed: Named = { hits: [], single: [], group: [] };

/** The numbers that count whatever the amount: safe ones, and short ones that are called a number where the payer is known. */
export function sureHits({ references, payer }: Pick<Case, 'references' | 'payer'>): Hit[] {
  return references.hits.filter(
    ({ weight }) => weight === 'SAFE' || (weight === 'LABELLED' && payer.customerId !== undefined),
  );
}

/** What some numbers in a receipt name. A number of an invoice says more than a reference that it shares with others. */
export function namedBy(of: Pick<Case, 'payer' | 'pool'>, hits: readonly Hit[]): Named {
  if (hits.length === 0) return nothingNamed;
  const inPool = hits.flatMap((hit) => {
    const items = meant(hit.entries, of.payer.customerId, of.pool);
    return items.length > 0 ? [{ hit, items }] : [];
  });
  const single = new Set(inPool.flatMap(({ items }) => (items.length === 1 ? items : [])));
  const open = inPool.flatMap(({ items }) =>
    items.length > 1 && !items.some((item) => single.has(item)) ? items : [],
  );
  return {
    hits: inPool.map(({ hit }) => hit),
    single: [...single].sort(compareItems),
    group: [...new Set(open)].sort(compareItems),
  };
}

/** Whether the whole number of an invoice is among what is named, sure to be a number. */
export function isNumbered({ hits }: Named, item: Item): boolean {
  return hits.some(
    ({ weight, token, entries }) =>
      weight !== 'PLAIN' &&
      (token === item.token || token === item.headed) &&
      entries.some((entry) => entry.isNumber && entry.item === item),
  );
}

function meant(entries: readonly Entry[], customerId: string | undefined, pool: Pool): Item[] {
  const [only, second] = entries;
  if (only && !second) return only.item.pool === pool ? [only.item] : [];
  const inPool = entries.filter(({ item }) => item.pool === pool);
  const own = inPool.filter(({ item }) => item.invoice.customerId === customerId);
  const possible = own.length > 0 ? own : inPool;
  const numbers = possible.filter(({ isNumber }) => isNumber);
  return (numbers.length > 0 ? numbers : possible).map(({ item }) => item);
}

/** Numbers that name invoices of another entity or currency only: the money is not for what they name. */
export function namedElsewhere(of: Case): readonly Hit[] {
  return sureHits(of).filter(({ entries }) => entries.length > 0 && entries.every(({ item }) => item.pool !== of.pool));
}
