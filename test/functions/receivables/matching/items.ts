import { decideMatches } from '../../../../functions/receivables/matching/decide-matches.ts';
import type { Decision } from '../../../../functions/receivables/matching/decision.ts';
import { defaultMatchRules, type MatchRules } from '../../../../functions/receivables/matching/match-rules.ts';
import type {
  OpenInvoice,
  OpenItems,
  OpenReceipt,
  PayingCustomer,
} from '../../../../functions/receivables/matching/open-item.ts';
import { parseAmount } from '../../../../shared/money/amount.ts';

/** Minor units of an amount as it is written: '1,234.56'. */
export function minor(text: string, currency = 'CNY'): bigint {
  return parseAmount(text.replaceAll(',', ''), currency);
}

type InvoiceLike = Partial<Omit<OpenInvoice, 'amount' | 'open'>> & {
  readonly number: string;
  readonly amount: string;
  readonly open?: string;
};

/** An invoice of the customer 华兴 (cu_hx), in CNY, of January, due thirty days later; its id is its number. */
export function invoice({ amount, open = amount, ...given }: InvoiceLike): OpenInvoice {
  return {
    id: given.number,
    customerId: 'cu_hx',
    legalEntity: 'le_sh',
    currency: 'CNY',
    amount: minor(amount, given.currency),
    open: minor(open, given.currency),
    issuedOn: '2026-01-05',
    dueOn: '2026-02-04',
    references: {},
    disputed: false,
    ...given,
  };
}

type ReceiptLike = Partial<Omit<OpenReceipt, 'amount' | 'payer'>> & {
  readonly amount: string;
  readonly payer?: OpenReceipt['payer'];
  readonly text?: string;
};

/** A receipt in CNY of the end of January, from nobody that is known. */
export function receipt({ amount, text, ...given }: ReceiptLike): OpenReceipt {
  return {
    id: 'r1',
    legalEntity: 'le_sh',
    currency: 'CNY',
    amount: minor(amount, given.currency),
    paidOn: '2026-01-30',
    payer: {},
    texts: text === undefined ? [] : [text],
    references: {},
    ...given,
  };
}

export const huaxing: PayingCustomer = {
  id: 'cu_hx',
  names: ['深圳市华兴科技有限公司', '华兴科技'],
  accountKeys: ['key_hx'],
};
export const yuanda: PayingCustomer = { id: 'cu_yd', names: ['远大贸易(上海)有限公司'], accountKeys: ['key_yd'] };

/** Payers as receipts show them. */
export const byAccount = { accountKey: 'key_hx' };
export const byName = { name: '深圳市华兴科技有限公司' };

export function decideAll(items: Partial<OpenItems>, rules: Partial<MatchRules> = {}): Decision[] {
  const all = { receipts: [], invoices: [], customers: [huaxing, yuanda], virtualAccounts: [], ...items };
  return decideMatches(all, { ...defaultMatchRules, ...rules });
}

/** The decision on the one receipt. */
export function decide(
  one: OpenReceipt,
  invoices: readonly OpenInvoice[],
  items: Partial<OpenItems> = {},
  rules: Partial<MatchRules> = {},
): Decision {
  const [decision] = decideAll({ ...items, receipts: [one], invoices }, rules);
  if (!decision) throw new Error('No decision.');
  return decision;
}

/** What a decision pays, by the numbers of the invoices: ['INV-1', '300.00'] cash in minor units as text. */
export function paid({ explanation }: Decision): Record<string, bigint> {
  return Object.fromEntries((explanation?.allocations ?? []).map(({ invoiceId, cash }) => [invoiceId, cash]));
}

/** The numbers of the invoices of each suggestion. */
export function suggested({ alternatives }: Decision): string[][] {
  return alternatives.map(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId));
}
