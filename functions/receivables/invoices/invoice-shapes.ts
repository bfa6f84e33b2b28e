import * as z from 'zod';
import { amountOut, currency, date, id, page, positiveAmount, text } from '../../../shared/http/schemas.ts';
import { legalEntity } from '../books/book-shapes.ts';
import { documentNumber, LINES_MAX } from './line-shapes.ts';
import { lineFaultCodes } from './plan-invoices.ts';

/** What invoices and batches of them look like to a caller. */

const REASON_LENGTH_MAX = 140;
const reason = text(REASON_LENGTH_MAX);

const states = ['OPEN', 'PART_PAID', 'PAID', 'CREDITED', 'WRITTEN_OFF', 'DISPUTED'] as const;

export const invoiceOut = z
  .object({
    id: z.string(),
    legalEntity: z.string(),
    number: z.string(),
    customerId: z.string(),
    state: z.enum(states).meta({
      description:
        'DISPUTED while something is open in dispute; with nothing open, how it ended: WRITTEN_OFF where anything was, ' +
        'else PAID where anything was, else CREDITED.',
    }),
    amount: amountOut,
    open: amountOut.meta({ description: '`amount` less `cleared`, `credited` and `writtenOff`.' }),
    cleared: amountOut.meta({ description: 'By receipts, with discounts and charges.' }),
    credited: amountOut,
    writtenOff: amountOut,
    issuedOn: z.string(),
    dueOn: z.string(),
    discount: z
      .object({
        basisPoints: z.int(),
        withinDays: z.int(),
        until: z.string().meta({ description: 'The last day on which a payment has it.' }),
      })
      .optional(),
    references: z.record(z.string(), z.string()),
    description: z.string().optional(),
    dispute: z.object({ reason: z.string(), since: z.string() }).optional(),
    version: z.int(),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'Invoice' });

const reductionOut = z
  .object({
    id: z.string(),
    kind: z.enum(['CREDIT_NOTE', 'WRITE_OFF']),
    amount: amountOut,
    number: z.string().optional(),
    reason: z.string(),
    date: z.string(),
    at: z.string(),
  })
  .meta({ id: 'InvoiceReduction', description: 'What made an invoice smaller without money.' });

export const wholeInvoiceOut = invoiceOut.extend({ reductions: z.array(reductionOut) }).meta({ id: 'WholeInvoice' });

/** A line is looked at by itself, so that its faults harm no other. */
const anyLine = z.unknown().meta({ id: 'InvoiceOfBatch', description: 'An InvoiceRequest.' });
const atomic = 'All lines or none: one that is refused refuses the batch, and nothing is written.';

export const batchIn = z
  .strictObject({
    atomic: z.boolean().default(false).meta({ description: atomic }),
    lines: z.array(anyLine).min(1).max(LINES_MAX),
  })
  .meta({ id: 'InvoiceBatchRequest' });

export const fileQuery = z.strictObject({
  legalEntity: legalEntity.optional().meta({ description: 'Of lines that name none.' }),
  currency: currency.optional().meta({ description: 'Of lines that name none.' }),
  atomic: z
    .enum(['true', 'false'])
    .default('false')
    .transform((word) => word === 'true')
    .meta({ description: atomic }),
  charset: text(40).optional().meta({ description: 'Encoding of the file; found out unless told.' }),
});

export const batchOut = z
  .object({
    lines: z.object({ sent: z.int(), accepted: z.int(), refused: z.int() }),
    amounts: z.array(amountOut).meta({ description: 'Of what was accepted, by currency.' }),
    faults: z.array(
      z
        .object({
          line: z.int().meta({ description: 'From 1: its place in the list, or its line in the file.' }),
          code: z.enum(lineFaultCodes),
          field: z.string().meta({ description: 'The field, or the column as it stands in the file.' }),
          detail: z.string(),
        })
        .meta({ id: 'InvoiceLineFault' }),
    ),
    faultsNotShown: z.int().meta({ description: 'How many more there are.' }),
  })
  .meta({ id: 'InvoiceBatch' });

export const listQuery = z
  .strictObject({
    ...page.shape,
    customerId: id('cus').optional(),
    open: z.enum(['true']).optional().meta({ description: 'With `customerId`: only what is open, by due day.' }),
    legalEntity: legalEntity.optional(),
    number: documentNumber.optional(),
  })
  .refine(({ customerId, number }) => (customerId === undefined) !== (number === undefined), {
    path: ['customerId'],
    message: 'Send `customerId`, or `legalEntity` and `number`.',
  })
  .refine(({ legalEntity: entity, number }) => (entity === undefined) === (number === undefined), {
    path: ['legalEntity'],
    message: 'Send `legalEntity` and `number`, both.',
  })
  .refine(({ customerId, open }) => open === undefined || customerId !== undefined, {
    path: ['open'],
    message: 'Send it with `customerId`.',
  });

export const disputeIn = z.strictObject({ reason });

export const creditNoteIn = z
  .strictObject({
    number: documentNumber.meta({ description: 'Of the credit note (红字发票); the legal entity has one of each.' }),
    amount: positiveAmount.meta({ description: 'Up to what is open.' }),
    reason,
    issuedOn: date.optional().meta({ description: 'From the day of the invoice to today, which it is unless told.' }),
  })
  .meta({ id: 'CreditNoteRequest' });

export const writeOffIn = z
  .strictObject({ amount: positiveAmount.meta({ description: 'Up to what is open.' }), reason })
  .meta({ id: 'WriteOffRequest' });
