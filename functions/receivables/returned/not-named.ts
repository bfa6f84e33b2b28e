import { countingReceipt } from '../receipts/find-receipt.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { MoneyName } from '../receipts/receipt-pointers.ts';
import type { ReceivablesStore } from '../store.ts';
import type { ReturnedCredit } from './returned-credit.ts';
import { mayBeOf } from './which-receipt.ts';

type Reads = Pick<ReceivablesStore, 'readReceipt' | 'readReceiptsOfName'>;

/** Receipts that money was taken off, and those that a report names instead. */
export interface NotNamed {
  readonly receiptIds: readonly string[];
  readonly named: readonly string[];
}

/**
 * Which receipts a returned credit is taken off though nothing names them, and another report of it, that knows a reference more,
 * names others. Of a batch it says so only where the payer's reference of each payment names one.
 */
export async function notNamed(store: Reads, before: ReturnedCredit, told: ReturnedCredit): Promise<NotNamed> {
  const known = namesOf(before);
  const isKnown = new Set(known.map(textOf));
  const more = namesOf(told).filter((name) => !isKnown.has(textOf(name)));
  const led = await Promise.all(more.map((name) => receiptsNamed(store, before, name)));
  const named = [...new Set(led.flat())];
  const isUnclear = more.some(({ by }, place) => by === 'PAYER' && led[place]?.length === 0);
  if (named.length === 0 || isUnclear) return { receiptIds: [], named: [] };
  const ofKnown = await Promise.all(known.map((name) => receiptsNamed(store, before, name)));
  const isNamed = new Set([...named, ...ofKnown.flat()]);
  const { tenant, parts } = before;
  const taken = await Promise.all(parts.map(({ receiptId }) => countingReceipt(store, tenant, receiptId)));
  return { receiptIds: taken.flatMap((receipt) => (receipt && !isNamed.has(receipt.id) ? [receipt.id] : [])), named };
}

function namesOf({ endToEnd, payments, bankReferences }: ReturnedCredit): MoneyName[] {
  const byPayer = [endToEnd, ...payments.map((payment) => payment.endToEnd)].filter((name) => name !== undefined);
  return [
    ...bankReferences.map((name) => ({ by: 'BANK' as const, name })),
    ...byPayer.map((name) => ({ by: 'PAYER' as const, name })),
  ];
}

function textOf({ by, name }: MoneyName): string {
  return `${by} ${name}`;
}

/** None, where it names more than are looked through. */
async function receiptsNamed(store: Reads, returned: ReturnedCredit, name: MoneyName): Promise<string[]> {
  const { tenant, legalEntity, currency } = returned;
  const { pointed, isCut } = await store.readReceiptsOfName(tenant, returned, name);
  if (isCut) return [];
  const receipts = await Promise.all(pointed.map(({ receiptId }) => countingReceipt(store, tenant, receiptId)));
  const mayBe = (receipt: Receipt) =>
    receipt.legalEntity === legalEntity && receipt.currency === currency && mayBeOf(returned, receipt);
  return receipts.flatMap((receipt) => (receipt && mayBe(receipt) ? [receipt.id] : []));
}
