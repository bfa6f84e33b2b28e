import * as z from 'zod';
import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { parseAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ReceiptDraft } from './receipt-draft.ts';

const texts = z.record(z.string(), z.string()).default({});
const money = z.object({ amount: z.string(), currency: z.string() });
const counterparty = z.object({
  name: z.string().optional(),
  account: z.string().optional(),
  counterpartyKey: z.string().optional(),
});
const transaction = {
  references: texts,
  remittance: z.string().optional(),
  counterparty: counterparty.optional(),
};

/** What `statements.receipt-recorded.v1` says, as far as it matters here. */
const receiptRecorded = z.object({
  entryId: z.string(),
  creditKey: z.string(),
  accountId: z.string(),
  amount: money,
  reversal: z.boolean(),
  bookingDate: z.string().optional(),
  valueDate: z.string().optional(),
  detailsCount: z.number().int(),
  details: z.array(
    z.object({ creditDebit: z.enum(['CREDIT', 'DEBIT']).optional(), amount: money.optional(), ...transaction }),
  ),
  ...transaction,
});

type Recorded = z.output<typeof receiptRecorded>;
type Transaction = Pick<Recorded, 'references' | 'remittance' | 'counterparty'>;

/** One payment among what an entry of a statement says came; mostly there is one. Minor units. */
export interface CreditPart
  extends Pick<ReceiptDraft, 'currency' | 'amount' | 'paidOn' | 'payer' | 'texts' | 'references'> {
  /** The number under which the payment was ordered. */
  readonly endToEnd?: string;
}

/** A credit of a statement. */
export interface ToldCredit {
  readonly creditKey: string;
  readonly entryId: string;
  /** The account of the ledger that it came to. */
  readonly accountId: string;
  /** It undoes a debit: our own money came back, and nobody paid. */
  readonly isReversal: boolean;
  readonly parts: readonly CreditPart[];
}

/** References that a payer fills in; the others are the bank's, or say how and not what for. */
const payersReferences = ['endToEndId', 'customerReference', 'creditorReference', 'documentNumber', 'instructionId'];

/** What banks write where there is no reference. */
const noReference = new Set(['NOTPROVIDED', 'NONREF', 'NOTAVAILABLE']);

/**
 * The credit that an event of the statements tells of. A batch credit is one payment for each of its transactions, where all of
 * them are there, each a credit, and add up to it; else it is one payment. It counts as paid on its value date, and without one
 * on the day of booking. Throws on data of another shape.
 */
export function creditOfEvent({ data, occurredAt }: Pick<DomainEvent, 'data' | 'occurredAt'>): ToldCredit {
  const told = receiptRecorded.parse(data);
  const { creditKey, entryId, accountId, reversal, valueDate, bookingDate } = told;
  const currency = told.amount.currency as CurrencyCode;
  const of = { currency, paidOn: valueDate ?? bookingDate ?? businessDateOf(new Date(occurredAt)) };
  return { creditKey, entryId, accountId, isReversal: reversal, parts: detailParts(told, of) ?? [wholePart(told, of)] };
}

function wholePart(told: Recorded, of: { readonly currency: CurrencyCode; readonly paidOn: PlainDate }): CreditPart {
  const [only] = told.detailsCount === 1 ? told.details : [];
  return {
    ...of,
    amount: parseAmount(told.amount.amount, of.currency),
    ...whoAndWhat({
      references: { ...only?.references, ...told.references },
      remittance: told.remittance ?? only?.remittance,
      counterparty: { ...only?.counterparty, ...told.counterparty },
    }),
  };
}

function detailParts(
  told: Recorded,
  of: { readonly currency: CurrencyCode; readonly paidOn: PlainDate },
): CreditPart[] | undefined {
  const { details, detailsCount } = told;
  if (detailsCount < 2 || details.length < detailsCount) return undefined;
  const parts: CreditPart[] = [];
  for (const detail of details) {
    const { amount, creditDebit } = detail;
    if (!amount || amount.currency !== of.currency || creditDebit === 'DEBIT') return undefined;
    parts.push({ ...of, amount: parseAmount(amount.amount, of.currency), ...whoAndWhat(detail) });
  }
  const isWhole = sum(parts.map(({ amount }) => amount)) === parseAmount(told.amount.amount, of.currency);
  return isWhole && parts.every(({ amount }) => amount > 0n) ? parts : undefined;
}

function whoAndWhat({ references, remittance, counterparty: { name, account, counterpartyKey } = {} }: Transaction) {
  const told = Object.entries(references).filter(([name, value]) => payersReferences.includes(name) && isTold(value));
  const { endToEndId: endToEnd } = references;
  return {
    payer: defined({ name, account, accountKey: counterpartyKey }),
    texts: (remittance ?? '').split('\n').filter((line) => line.trim() !== ''),
    references: Object.fromEntries(told),
    ...(endToEnd !== undefined && isTold(endToEnd) && { endToEnd }),
  };
}

function isTold(reference: string): boolean {
  return !noReference.has(reference.trim().toUpperCase());
}
