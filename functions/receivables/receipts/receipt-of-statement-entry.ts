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
  ownAccountId: z.string().optional(),
};

/** What `statements.receipt-recorded.v1` and `statements.credit-reversed.v1` say, as far as it matters here. */
const entryTold = z.object({
  entryId: z.string(),
  creditKey: z.string().optional(),
  reversalKey: z.string().optional(),
  accountId: z.string(),
  amount: money,
  reversal: z.boolean(),
  bookingDate: z.string().optional(),
  valueDate: z.string().optional(),
  bankReference: z.string().optional(),
  detailsCount: z.number().int(),
  details: z.array(
    z.object({ creditDebit: z.enum(['CREDIT', 'DEBIT']).optional(), amount: money.optional(), ...transaction }),
  ),
  ...transaction,
});

type Told = z.output<typeof entryTold>;
type Transaction = Pick<Told, 'references' | 'remittance' | 'counterparty' | 'ownAccountId'>;

/** One payment among what an entry of a statement says moved; mostly there is one. Minor units. */
export interface CreditPart
  extends Pick<ReceiptDraft, 'currency' | 'amount' | 'paidOn' | 'payer' | 'texts' | 'references'> {
  /** The number under which the payment was ordered. */
  readonly endToEnd?: string;
  /** It came from another account of the tenant's own ledger. */
  readonly ownAccountId?: string;
}

/** A payment that an entry lists and that is not taken by itself, with what tells whether it is a receipt. */
export type ListedPayment = Pick<CreditPart, 'payer' | 'endToEnd' | 'ownAccountId'>;

/** An entry of a statement, by which money came or a bank took it back. */
export interface ToldEntry {
  readonly entryId: string;
  /** The account of the ledger that it is on. */
  readonly accountId: string;
  /** What the bank calls it. */
  readonly bankReferences: readonly string[];
  /** Ids under which files go to banks, where it quotes some. */
  readonly fileIds: readonly string[];
  readonly parts: readonly CreditPart[];
  /** What it lists, where that is not its parts: the payments do not add up to it, or are too many. */
  readonly listed: readonly ListedPayment[];
  /** How many payments it has: it may list fewer. */
  readonly payments: number;
}

/** A credit of a statement. */
export interface ToldCredit extends ToldEntry {
  readonly creditKey: string;
  /** It undoes a debit: our own money came back, and nobody paid. */
  readonly isReversal: boolean;
}

/** A debit of a statement that undoes a credit. */
export interface ToldReversal extends ToldEntry {
  readonly reversalKey: string;
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
export function creditOfEvent(event: Pick<DomainEvent, 'data' | 'occurredAt'>): ToldCredit {
  const told = entryTold.required({ creditKey: true }).parse(event.data);
  return { creditKey: told.creditKey, isReversal: told.reversal, ...entryOf(told, event.occurredAt, 'CREDIT') };
}

/** The same of a debit by which a bank took a credit back. */
export function reversalOfEvent(event: Pick<DomainEvent, 'data' | 'occurredAt'>): ToldReversal {
  const told = entryTold.required({ reversalKey: true }).parse(event.data);
  return { reversalKey: told.reversalKey, ...entryOf(told, event.occurredAt, 'DEBIT') };
}

type Direction = 'CREDIT' | 'DEBIT';

function entryOf(told: Told, occurredAt: string, direction: Direction): ToldEntry {
  const { entryId, accountId, valueDate, bookingDate, bankReference, references } = told;
  const currency = told.amount.currency as CurrencyCode;
  const of = { currency, paidOn: valueDate ?? bookingDate ?? businessDateOf(new Date(occurredAt)) };
  const { accountServicerReference, messageId, paymentInformationId } = references;
  const parts = detailParts(told, of, direction);
  const named = (all: readonly (string | undefined)[]) => [...new Set(all.flatMap((one) => one ?? []))].filter(isTold);
  return {
    entryId,
    accountId,
    bankReferences: named([bankReference, accountServicerReference]),
    fileIds: named([paymentInformationId, messageId]),
    parts: parts ?? [wholePart(told, of)],
    listed: parts || told.detailsCount < 2 ? [] : told.details.map(whoAndWhat),
    payments: told.detailsCount,
  };
}

function wholePart(told: Told, of: { readonly currency: CurrencyCode; readonly paidOn: PlainDate }): CreditPart {
  const [only] = told.detailsCount === 1 ? told.details : [];
  return {
    ...of,
    amount: parseAmount(told.amount.amount, of.currency),
    ...whoAndWhat({
      references: { ...only?.references, ...told.references },
      remittance: told.remittance ?? only?.remittance,
      counterparty: { ...only?.counterparty, ...told.counterparty },
      ownAccountId: told.ownAccountId ?? only?.ownAccountId,
    }),
  };
}

function detailParts(
  told: Told,
  of: { readonly currency: CurrencyCode; readonly paidOn: PlainDate },
  direction: Direction,
): CreditPart[] | undefined {
  const { details, detailsCount } = told;
  if (detailsCount < 2 || details.length < detailsCount) return undefined;
  const parts: CreditPart[] = [];
  for (const detail of details) {
    const { amount, creditDebit = direction } = detail;
    if (!amount || amount.currency !== of.currency || creditDebit !== direction) return undefined;
    parts.push({ ...of, amount: parseAmount(amount.amount, of.currency), ...whoAndWhat(detail) });
  }
  const isWhole = sum(parts.map(({ amount }) => amount)) === parseAmount(told.amount.amount, of.currency);
  return isWhole && parts.every(({ amount }) => amount > 0n) ? parts : undefined;
}

function whoAndWhat({ references, remittance, counterparty = {}, ownAccountId }: Transaction) {
  const { name, account, counterpartyKey } = counterparty;
  const told = Object.entries(references).filter(([name, value]) => payersReferences.includes(name) && isTold(value));
  const { endToEndId: endToEnd } = references;
  return {
    payer: defined({ name, account, accountKey: counterpartyKey }),
    texts: (remittance ?? '').split('\n').filter((line) => line.trim() !== ''),
    references: Object.fromEntries(told),
    ...(endToEnd !== undefined && isTold(endToEnd) && { endToEnd }),
    ...defined({ ownAccountId }),
  };
}

function isTold(reference: string): boolean {
  return !noReference.has(reference.trim().toUpperCase());
}
