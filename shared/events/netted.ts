import * as z from 'zod';
import { parseAmount } from '../money/amount.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { DomainEvent } from './event.ts';

const row = z.object({ subject: z.string(), reference: z.string(), amount: z.string(), currency: z.string() });
const head = z.object({ cycleId: z.string(), source: z.string(), valueDate: z.iso.date() });
const settled = head.extend({ settled: z.array(row) });

/** What a netting cycle has paid of one subject of a source. Minor units, above zero. */
export interface NettedPart {
  /** What the source calls it: an invoice, a loan, a settlement, a movement of a collection. */
  readonly subject: string;
  readonly reference: string;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
}

/** What a netting cycle has paid of one source. Each subject stands in a cycle once, whatever pages tell of it. */
export interface Netted {
  readonly cycleId: string;
  readonly valueDate: string;
  readonly parts: readonly NettedPart[];
}

/** What `netting.obligations-settled.v1` says to a source; nothing where it is for another one. Throws on data of another shape. */
export function readNetted({ data }: Pick<DomainEvent, 'data'>, source: string): Netted | undefined {
  const { source: of, cycleId, valueDate, settled: rows } = settled.parse(data);
  if (of !== source) return undefined;
  const parts = rows.map(({ amount, currency, ...names }) => {
    const code = currency as CurrencyCode;
    return { ...names, currency: code, amount: parseAmount(amount, code) };
  });
  return { cycleId, valueDate, parts };
}
