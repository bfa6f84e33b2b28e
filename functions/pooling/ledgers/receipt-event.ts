import * as z from 'zod';
import { parseAmount } from '../../../shared/money/amount.ts';
import type { BankReceipt, ReceiptDetail } from './allot-receipt.ts';

const texts = z.record(z.string(), z.string()).default({});
const money = z.object({ amount: z.string(), currency: z.string() });

/** What `statements.receipt-recorded.v1` says, as far as it matters here. */
const receiptRecorded = z.object({
  entryId: z.string(),
  creditKey: z.string(),
  accountId: z.string().optional(),
  amount: money,
  reversal: z.boolean(),
  bookingDate: z.string().optional(),
  valueDate: z.string().optional(),
  bankReference: z.string().optional(),
  entryReference: z.string().optional(),
  remittance: z.string().optional(),
  references: texts,
  detailsCount: z.number().int(),
  details: z.array(
    z.object({
      creditDebit: z.enum(['CREDIT', 'DEBIT']).optional(),
      amount: money.optional(),
      references: texts,
      remittance: z.string().optional(),
    }),
  ),
});

export type ReceiptRecorded = z.output<typeof receiptRecorded>;

/** Throws on data of another shape. */
export function readReceiptEvent(data: unknown): ReceiptRecorded {
  return receiptRecorded.parse(data);
}

/** The receipt in minor units of its own currency. */
export function bankReceiptOf(event: ReceiptRecorded): BankReceipt {
  const { amount, bankReference, entryReference, details, detailsCount } = event;
  return {
    amount: parseAmount(amount.amount, amount.currency),
    texts: textsOf(event),
    ownFields: [bankReference, entryReference].flatMap((field) => field ?? []),
    details: details.map((detail) => ({ ...textsOf(detail), ...amountOf(detail, amount.currency) })),
    detailsCount,
  };
}

function textsOf({ references, remittance }: Pick<ReceiptRecorded, 'references' | 'remittance'>) {
  return { references: Object.values(references), remittance: remittance === undefined ? [] : [remittance] };
}

/** Magnitude and direction are told apart; a transaction in another currency says nothing that can be added up. */
function amountOf(
  { amount, creditDebit }: ReceiptRecorded['details'][number],
  currency: string,
): Pick<ReceiptDetail, 'amount'> {
  if (!amount || amount.currency !== currency) return {};
  const minor = parseAmount(amount.amount, currency);
  return { amount: creditDebit === 'DEBIT' ? -minor : minor };
}
