import * as z from 'zod';
import { amountOut, date, id, instant } from '../../shared/http/schemas.ts';

/** What a statement, its entries and an import look like to a caller. Read by the contract and by the presenters. */

export const formats = ['camt.052', 'camt.053', 'camt.054', 'MT940', 'MT942'] as const;
export const statuses = ['BALANCED', 'BALANCE_MISMATCH', 'NOT_CHECKED'] as const;
export const assignments = ['ASSIGNED', 'UNASSIGNED'] as const;

const amount = amountOut;
export const format = z.enum(formats);
export const status = z.enum(statuses).meta({
  description:
    'BALANCED: opening + booked credits − booked debits = closing. BALANCE_MISMATCH: they differ by `difference`. ' +
    'NOT_CHECKED: the file declares no opening or no closing balance.',
});
export const assignment = z
  .enum(assignments)
  .meta({ description: 'UNASSIGNED: no account carries the number in the file; nothing of the statement is lost.' });

const bankAccount = z.strictObject({
  number: z.string().meta({ description: 'Masked; the last four characters.' }),
  accountKey: z.string().meta({ description: 'Keyed hash of the number: equal numbers have equal keys.' }),
  bic: z.string().optional(),
  ownerName: z.string().optional(),
});

const totals = z
  .strictObject({ count: z.int(), total: amount.optional() })
  .meta({ description: 'Booked entries in the currency of the statement. `total` is never negative.' });

export const flag = z
  .strictObject({
    code: z.string(),
    count: z.int(),
    where: z.array(z.string()).meta({ description: 'The first places: entry or page numbers, or balance types.' }),
    difference: amount.optional(),
  })
  .meta({
    id: 'StatementFlag',
    description: 'Something in the file a careful reader would stop at. Nothing was dropped for it.',
  });

const continuity = z
  .strictObject({
    status: z.enum(['FIRST', 'CONTINUES', 'CONTINUITY_GAP', 'NOT_CHECKED']),
    previousStatementId: z.string().optional(),
    previousClosing: amount.optional(),
    difference: amount.optional().meta({ description: 'Opening − previous closing.' }),
  })
  .meta({
    id: 'StatementContinuity',
    description:
      'Against the statement before it of the same bank account, currency and format; found when it is read.',
  });

const statementFacts = {
  id: id('stm'),
  format,
  statementId: z.string().optional().meta({ description: "The bank's own id of the statement." }),
  sequenceNumber: z.string().optional(),
  account: bankAccount,
  assignment,
  accountId: id('acc').optional(),
  currency: z.string().optional(),
  fromDate: date.optional(),
  toDate: date.optional(),
  status,
  opening: amount.optional(),
  closing: amount.optional(),
  computedClosing: amount.optional(),
  difference: amount.optional().meta({
    description:
      'Computed closing − declared closing; 0 when BALANCED. −0.20: the entries give 0.20 less than declared.',
  }),
  credits: totals,
  debits: totals,
  entries: z.int().meta({ description: 'All entries, pending and informational ones included.' }),
  flags: z.array(flag),
  importedAt: instant,
};

export const statementSummary = z
  .strictObject({ ...statementFacts, continuity: continuity.optional() })
  .meta({ id: 'StatementSummary', description: '`continuity` is there when the list is of one account.' });

export const statement = z
  .strictObject({
    ...statementFacts,
    continuity,
    version: z.string().optional().meta({ description: 'Version of the message, `camt.053.001.08`.' }),
    messageId: z.string().optional(),
    createdAt: z.string().optional().meta({ description: 'As the bank wrote it.' }),
    openingType: z
      .string()
      .optional()
      .meta({ description: '`OPBD`, or `PRCD` where the file has no opening balance.' }),
    closingType: z.string().optional(),
    balances: z.array(z.strictObject({ type: z.string(), amount, date: date.optional() })),
    information: z.string().optional().meta({ description: "The bank's words on the statement as a whole." }),
    floorLimits: z
      .array(z.strictObject({ amount, creditDebit: z.enum(['CREDIT', 'DEBIT']).optional() }))
      .optional()
      .meta({ description: 'MT942: entries below these are left out by the bank.' }),
    pagesCount: z.int(),
    pages: z
      .array(
        z.strictObject({
          number: z.int(),
          entries: z.int(),
          opening: amount.optional(),
          closing: amount.optional(),
          difference: amount.optional(),
        }),
      )
      .meta({ description: 'The first hundred pages of a statement that came in several.' }),
    importedBy: z.strictObject({ client: z.string(), role: z.string(), requestId: z.string() }),
  })
  .meta({ id: 'Statement' });

const counterparty = z.strictObject({
  name: z.string().optional(),
  account: z.string().optional().meta({ description: 'Masked.' }),
  counterpartyKey: z.string().optional().meta({ description: 'Keyed hash of the account number.' }),
  bic: z.string().optional(),
});

const movement = {
  creditDebit: z
    .enum(['CREDIT', 'DEBIT'])
    .meta({ description: 'Which way the money went; a reversed credit is a DEBIT.' }),
  amount: amount.meta({ description: 'Never negative.' }),
  counterparty: counterparty.optional(),
  references: z.record(z.string(), z.string()),
  remittance: z.string().optional(),
};

export const entryDetail = z
  .strictObject({ ...movement, creditDebit: movement.creditDebit.optional(), amount: amount.optional() })
  .meta({ id: 'StatementEntryDetail' });

export const entry = z
  .strictObject({
    id: id('ent'),
    sequence: z.int().meta({ description: 'Place in the statement, from 1.' }),
    ...movement,
    reversal: z.boolean(),
    status: z.enum(['BOOKED', 'PENDING', 'INFO']),
    bookingDate: date.optional(),
    valueDate: date.optional(),
    bankReference: z.string().optional(),
    entryReference: z.string().optional(),
    transactionCode: z.string().optional(),
    additionalInformation: z.string().optional().meta({ description: 'What the bank adds.' }),
    detailsCount: z.int(),
    declaredDetailsCount: z
      .int()
      .optional()
      .meta({ description: 'Transactions of the batch as the bank counts them; it may list fewer.' }),
    detailsDifference: amount
      .optional()
      .meta({ description: 'Sum of the transactions − amount of the entry, signed, when not zero.' }),
    details: z.array(entryDetail).meta({
      description: 'The transactions of a batch entry; of a very large one the first, the rest under `/details`.',
    }),
    flags: z.array(z.string()),
  })
  .meta({ id: 'StatementEntry' });
