import { addDays } from '../../../shared/calendar/plain-date.ts';
import { countingReceipt } from '../receipts/find-receipt.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { MoneyName, PointedAt, ReceiptPointers } from '../receipts/receipt-pointers.ts';
import type { ReceivablesStore } from '../store.ts';
import {
  partsAtOnceMax,
  type ReturnedCredit,
  type ReturnedPart,
  type ReturnedPayment,
  restOf,
} from './returned-credit.ts';
import { daysBackMax, type LedBy, type ReturnedCandidate, type WhichReceipt, whichReceipt } from './which-receipt.ts';

type Reads = Pick<ReceivablesStore, 'readReceipt' | 'readReceiptsOfName' | 'readReceiptsOfAmount'>;

/** Which receipts a returned credit takes money off, with them as they were read; or why nobody knows. */
export type FoundReceipts =
  | { readonly parts: readonly ReturnedPart[]; readonly receipts: readonly Receipt[] }
  | Exclude<WhichReceipt, { readonly parts: unknown }>;

/**
 * Which receipts what is left of a returned credit is of: of a batch all of its payments, or none, and never one that it is taken
 * off already, or that somebody ruled out.
 */
export async function findReceipts(store: Reads, returned: ReturnedCredit): Promise<FoundReceipts> {
  const read = new Map<string, Receipt>();
  const leftOut = await leftOutOf(store, returned);
  const found = await findParts({ store, returned, read, leftOut });
  if (!('parts' in found)) return found;
  const receipts = found.parts.flatMap(({ receiptId }) => read.get(receiptId) ?? []);
  if (receipts.length <= partsAtOnceMax) return { parts: found.parts, receipts };
  return { reason: 'SEVERAL_RECEIPTS', candidates: receipts.map(({ id }) => id) };
}

interface Search {
  readonly store: Reads;
  readonly returned: ReturnedCredit;
  /** What was read of receipts, by id. */
  readonly read: Map<string, Receipt>;
  /** Ids of what it is not looked for among. */
  readonly leftOut: ReadonlySet<string>;
}

/** What it is taken off already, or was ruled out; and what counts in the place of these since they were merged. */
async function leftOutOf(store: Reads, { tenant, parts, ruledOut = [] }: ReturnedCredit): Promise<Set<string>> {
  const ids = [...ruledOut, ...parts.map(({ receiptId }) => receiptId)];
  const counting = await Promise.all(ids.map((id) => countingReceipt(store, tenant, id)));
  return new Set([...ids, ...counting.flatMap((receipt) => receipt?.id ?? [])]);
}

async function findParts(search: Search): Promise<WhichReceipt> {
  const { returned } = search;
  const whole = await findOne(search, { ...returned, amount: restOf(returned) });
  if ('parts' in whole || returned.payments.length === 0 || returned.parts.length > 0) return whole;
  const parts: ReturnedPart[] = [];
  for (const payment of returned.payments) {
    const found = await findOne(search, payment);
    if (!('parts' in found)) return found;
    parts.push(...found.parts);
  }
  const isOnce = new Set(parts.map(({ receiptId }) => receiptId)).size === parts.length;
  return isOnce ? { parts } : { reason: 'SEVERAL_RECEIPTS', candidates: parts.map(({ receiptId }) => receiptId) };
}

async function findOne(search: Search, payment: ReturnedPayment): Promise<WhichReceipt> {
  const { store, returned } = search;
  const { tenant, accountId, bookedOn, legalEntity, currency, bankReferences } = returned;
  const { amount, endToEnd } = payment;
  const named = (by: MoneyName['by']) => (name: string) => store.readReceiptsOfName(tenant, returned, { by, name });
  const days = { from: addDays(bookedOn, -daysBackMax), to: bookedOn };
  const inAmount = (toldBy: ReceiptPointers['toldBy']) =>
    store.readReceiptsOfAmount(tenant, { toldBy, legalEntity, currency, amount }, days);
  const [byBank, byEndToEnd, byAmount] = await Promise.all([
    Promise.all(bankReferences.map(named('BANK'))),
    Promise.all((endToEnd === undefined ? [] : [endToEnd]).map(named('PAYER'))),
    Promise.all((['HAND', 'OTHERS'] as const).map(inAmount)),
  ]);
  const led = { byBank, byEndToEnd, byAmount };
  const cut = (Object.keys(led) as LedBy[]).filter((by) => led[by].some(({ isCut }) => isCut));
  const candidates = (by: LedBy) => {
    const all = led[by].flatMap(({ pointed }) => pointed);
    return readCandidates(search, by === 'byAmount' ? all.filter((one) => one.accountId === accountId) : all);
  };
  return whichReceipt(
    { ...payment, bookedOn },
    {
      byBank: await candidates('byBank'),
      byEndToEnd: await candidates('byEndToEnd'),
      byAmount: await candidates('byAmount'),
      cut: new Set(cut),
    },
  );
}

/** What counts in the place of what is pointed at, each once; what leads there and is not there yet is left out. */
async function readCandidates(
  { store, returned, read, leftOut }: Search,
  pointed: readonly PointedAt[],
): Promise<ReturnedCandidate[]> {
  const { tenant, legalEntity, currency } = returned;
  const found = new Map<string, ReturnedCandidate>();
  for (const { receiptId, creditKey } of pointed) {
    const receipt = await countingReceipt(store, tenant, receiptId);
    if (receipt?.legalEntity !== legalEntity || receipt.currency !== currency) continue;
    if (leftOut.has(receipt.id)) continue;
    read.set(receipt.id, receipt);
    found.set(receipt.id, { receipt, ...(creditKey !== undefined && { creditKey }) });
  }
  return [...found.values()];
}
