import type { Plain } from '../../../shared/dynamo/items.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { keys } from '../keys.ts';
import type { Receipt } from './receipt.ts';

/** Characters of a name that lead to a receipt; what is longer is told by its beginning. */
const nameLengthMax = 140;

/** What a bank calls money, or its payer: neither is a name of the other kind, be it the same text. */
export interface MoneyName {
  readonly by: 'BANK' | 'PAYER';
  readonly name: string;
}

/** What leads to a receipt besides its id. */
export interface ReceiptPointers extends Pick<Receipt, 'tenant' | 'legalEntity' | 'currency' | 'amount' | 'paidOn'> {
  readonly receiptId: string;
  /** By hand alone, or by whom else: by its amount, either is looked for among the others. */
  readonly toldBy: 'HAND' | 'OTHERS';
  /** The account of the ledger that the money came to, where that is known. */
  readonly accountId?: string;
  /** The credit of a statement that it is, or is a part of. */
  readonly creditKey?: string;
  /** What the money is called on that account. */
  readonly names: readonly MoneyName[];
}

/** What leads to receipts, as far as it was looked through: `isCut`, where it leads to more. */
export interface Pointed {
  readonly pointed: readonly PointedAt[];
  readonly isCut: boolean;
}

/** Where a receipt is found that something leads to. */
export interface PointedAt {
  readonly receiptId: string;
  readonly accountId?: string;
  readonly creditKey?: string;
}

export function pointedBy(
  { tenant, id: receiptId, legalEntity, currency, amount, paidOn }: Receipt,
  more: Pick<ReceiptPointers, 'accountId' | 'toldBy'>,
): ReceiptPointers {
  return { tenant, receiptId, legalEntity, currency, amount, paidOn, names: [], ...more };
}

/** The same items whoever writes them: they never change. */
export function pointersToPlain(pointers: ReceiptPointers): Plain[] {
  const { tenant, receiptId, accountId, creditKey, currency, paidOn, names } = pointers;
  const facts = { kind: 'RECEIPT_POINTER', receiptId, ...defined({ accountId, creditKey }) };
  const ofNames =
    accountId === undefined
      ? []
      : distinct(names).map((name) => ({
          ...keys.receiptOfName(tenant, { accountId, currency }, name, receiptId),
          ...facts,
        }));
  return [{ ...keys.receiptOfAmount(tenant, pointers, paidOn, receiptId), ...facts }, ...ofNames];
}

function distinct(names: readonly MoneyName[]): MoneyName[] {
  return [...new Map(names.map(nameKey).map((one) => [`${one.by} ${one.name}`, one])).values()];
}

export function nameKey({ by, name }: MoneyName): MoneyName {
  return { by, name: name.trim().slice(0, nameLengthMax).toWellFormed() };
}

export function pointedFromPlain({ receiptId, accountId, creditKey }: Plain): PointedAt {
  return {
    receiptId: String(receiptId),
    ...(accountId !== undefined && { accountId: String(accountId) }),
    ...(creditKey !== undefined && { creditKey: String(creditKey) }),
  };
}
