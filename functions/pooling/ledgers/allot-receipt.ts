import { numberCandidates } from '../../../shared/identifiers/virtual-numbers.ts';

/** Transactions of a batch credit that are booked each into its own ledger, at most; with the real leg they fit one transfer. */
export const detailsAllottedMax = 30;

/** A booked credit of a real account as the bank told it. Amounts are minor units of the pool's currency. */
export interface BankReceipt {
  readonly amount: bigint;
  readonly texts: ReceiptTexts;
  /** Fields of the line itself: the bank's reference, the entry's. */
  readonly ownFields: readonly string[];
  readonly details: readonly ReceiptDetail[];
  /** How many transactions the line has; not all of them need be here. */
  readonly detailsCount: number;
}

export interface ReceiptTexts {
  readonly references: readonly string[];
  readonly remittance: readonly string[];
}

/** One transaction of a line. */
export interface ReceiptDetail extends ReceiptTexts {
  /** Signed; not there where the bank gave none in the pool's currency. */
  readonly amount?: bigint;
}

export interface Portion {
  readonly accountId: string;
  readonly amount: bigint;
}

export interface Allotment {
  /** One for each ledger that gets some; together the amount of the receipt. */
  readonly portions: readonly Portion[];
  /** Whether a number said where the money belongs: of all of it, of a part, of none. */
  readonly assignment: 'ASSIGNED' | 'PARTLY_ASSIGNED' | 'UNASSIGNED';
}

/** The ledger that a virtual account number leads to, if it leads anywhere. */
export type LedgerOf = (number: string) => string | undefined;

/** What may be a number in any text that has a say; each once. */
export function candidatesOf(receipt: BankReceipt): string[] {
  const { texts, details, ownFields } = receipt;
  const heard = isBatch(receipt) && !partsOf(receipt) ? [] : [texts, ...details];
  const found = heard.flatMap(({ references, remittance }) => [...references, ...remittance]);
  const own = heard.length > 0 ? ownFields : [];
  return [...new Set([...found, ...own].flatMap(numberCandidates))];
}

/**
 * Which ledger gets how much of a receipt. References are believed first, then what the payer wrote, then the fields of
 * the line. A number that stands there names its ledger; two numbers of different ledgers in the same place name none,
 * since there is no telling which was meant. What nothing names goes to the main ledger.
 *
 * A batch credit is shared out by its transactions where all of them are here, 30 at the most, and add up to it; else it
 * goes to the main ledger as a whole.
 */
export function allotReceipt(receipt: BankReceipt, ledgerOf: LedgerOf, mainLedgerId: string): Allotment {
  const { amount } = receipt;
  if (!isBatch(receipt)) return allotted([{ accountId: findWhole(receipt, ledgerOf), amount }], mainLedgerId);
  const parts = partsOf(receipt);
  if (!parts) return allotted([{ accountId: undefined, amount }], mainLedgerId);
  const { texts, ownFields } = receipt;
  const ofLine = find([texts.references, texts.remittance, ownFields], ledgerOf);
  const found = parts.map(({ references, remittance, amount: part }) => ({
    accountId: find([references, remittance], ledgerOf) ?? ofLine,
    amount: part,
  }));
  return allotted(found, mainLedgerId);
}

function isBatch({ details, detailsCount }: BankReceipt): boolean {
  return detailsCount > 1 || details.length > 1;
}

/** The transactions of a batch, if their amounts are known, above zero and add up to the line. */
function partsOf({ details, detailsCount, amount }: BankReceipt): (ReceiptDetail & { amount: bigint })[] | undefined {
  if (details.length !== detailsCount || details.length > detailsAllottedMax) return undefined;
  const parts = details.flatMap((detail) =>
    detail.amount !== undefined && detail.amount > 0n ? [{ ...detail, amount: detail.amount }] : [],
  );
  const total = parts.reduce((sum, part) => sum + part.amount, 0n);
  return parts.length === details.length && total === amount ? parts : undefined;
}

/** Of a line with one transaction or none: what the two say counts together. */
function findWhole({ texts, details, ownFields }: BankReceipt, ledgerOf: LedgerOf): string | undefined {
  const references = [texts, ...details].flatMap((one) => one.references);
  const remittance = [texts, ...details].flatMap((one) => one.remittance);
  return find([references, remittance, ownFields], ledgerOf);
}

/** The first group of texts in which a known number stands decides. */
function find(groups: readonly (readonly string[])[], ledgerOf: LedgerOf): string | undefined {
  for (const texts of groups) {
    const named = new Set(texts.flatMap(numberCandidates).flatMap((number) => ledgerOf(number) ?? []));
    if (named.size > 0) return named.size === 1 ? [...named][0] : undefined;
  }
  return undefined;
}

function allotted(
  found: readonly { readonly accountId: string | undefined; readonly amount: bigint }[],
  mainLedgerId: string,
): Allotment {
  const sums = new Map<string, bigint>();
  for (const { accountId = mainLedgerId, amount } of found) sums.set(accountId, (sums.get(accountId) ?? 0n) + amount);
  const named = found.filter(({ accountId }) => accountId !== undefined).length;
  const partly = named === 0 ? 'UNASSIGNED' : 'PARTLY_ASSIGNED';
  return {
    portions: [...sums].map(([accountId, amount]) => ({ accountId, amount })),
    assignment: named === found.length ? 'ASSIGNED' : partly,
  };
}
