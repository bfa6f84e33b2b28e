import * as z from 'zod';
import { amountOut, id, page, text } from '../../../shared/http/schemas.ts';
import { itemStates, tryStates } from '../items/item.ts';
import { reasonCodes } from '../retries/reasons.ts';
import { railKinds } from '../routing/rail.ts';
import { policies } from '../routing/rank-routes.ts';
import { batchStates } from './batch-figures.ts';
import { LINES_MAX, lineIn } from './line-shapes.ts';
import { refusedCodes } from './refused-line.ts';

/** What batches and their items look like to a caller. */

const NUMBER_LENGTH_MAX = 35;

const number = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9._-]{1,${NUMBER_LENGTH_MAX}}$`),
    `Send 1 to ${NUMBER_LENGTH_MAX} letters, digits, dots, dashes or underscores.`,
  )
  .meta({ description: 'Your own number of the batch. Sent again under it, the first one answers.' });
const policy = z.enum(policies).meta({ description: 'Which rail is the best; see POST /v1/routes/quote.' });
const creditAccountId = id('acc').meta({ description: 'Your account that the money goes to.' });
const atomic = 'All lines or none: one that is refused refuses the batch.';

/** A line is looked at by itself, so that its faults harm no other. */
const anyLine = z.unknown().meta({ id: 'CollectionLineOfBatch', description: 'A CollectionLine.' });

export const batchIn = z
  .strictObject({
    number,
    creditAccountId,
    policy: policy.default('BALANCED'),
    atomic: z.boolean().default(false).meta({ description: atomic }),
    lines: z.array(anyLine).min(1).max(LINES_MAX),
  })
  .meta({ id: 'CollectionBatchRequest' });

export const fileQuery = z.strictObject({
  number,
  creditAccountId,
  policy: policy.default('BALANCED'),
  atomic: z
    .enum(['true', 'false'])
    .default('false')
    .transform((word) => word === 'true')
    .meta({ description: atomic }),
  charset: text(40).optional().meta({ description: 'Encoding of the file; found out unless told.' }),
});

export const collectionIn = z
  .strictObject({ creditAccountId, policy: policy.default('BALANCED'), collection: lineIn })
  .meta({ id: 'CollectionRequest' });

const figures = z
  .object({
    open: amountOut,
    settled: amountOut,
    failed: amountOut,
    returned: amountOut,
    cancelled: amountOut,
  })
  .meta({ id: 'CollectedMoney', description: 'Where every yuan is; the five add up to the amount.' });

const reason = z.enum(reasonCodes);

const tryOut = z.object({
  orderId: z.string().meta({ description: 'Its number at the bank.' }),
  railId: z.string(),
  railKind: z.enum(railKinds),
  amount: amountOut,
  businessDate: z.string(),
  state: z.enum(tryStates),
  settled: amountOut.optional(),
  returned: amountOut.optional(),
  fee: amountOut.optional(),
  reason: reason.optional(),
  code: z.string().optional().meta({ description: 'The bank’s own.' }),
  routedAt: z.string(),
  endedAt: z.string().optional(),
});

export const itemOut = z
  .object({
    line: z.int(),
    piece: z.int().meta({ description: '1, unless the line was cut at the limit for one transaction.' }),
    mandateId: z.string(),
    agreementNumber: z.string(),
    payerName: z.string(),
    amount: amountOut,
    state: z.enum(itemStates),
    reason: reason.optional(),
    detail: z.string().optional().meta({ description: 'The reason in words.' }),
    money: figures,
    largeValue: z.literal(true).optional().meta({
      description: 'A single settlement of it is to be reported as a large value, by itself.',
    }),
    booked: z.literal(false).optional().meta({
      description:
        'Only where the ledger refuses to book it, or its fee; what can still be booked is asked for each hour.',
    }),
    ledgerCode: z.string().optional().meta({ description: 'Why the ledger refuses it: the code of its problem.' }),
    contradicted: z
      .array(
        z.object({
          orderId: z.string(),
          state: z.enum(['SETTLED', 'RETURNED']),
          amount: amountOut,
          at: z.string(),
          source: z.string().meta({ description: 'Where it was told: a file, a call.' }),
        }),
      )
      .optional()
      .meta({
        description:
          'Only where the bank told of money that the end of an order does not allow for. Nothing of it is booked; find out what is so.',
      }),
    passedOn: z
      .array(
        z.object({
          movementId: z.string().meta({ description: 'The order, and which time money came by it or went back.' }),
          cycleId: z.string(),
          valueDate: z.string(),
          amount: amountOut,
        }),
      )
      .optional()
      .meta({ description: 'Of a collection for others: what netting cycles have paid to whose it is.' }),
    dueOn: z.string(),
    nextTryAt: z.string().optional().meta({
      description: 'When it goes on: at the opening of its rail, after an outage, on the day of its next try.',
    }),
    description: z.string().optional(),
    references: z.record(z.string(), z.string()),
    tries: z.array(tryOut),
  })
  .meta({ id: 'CollectionItem' });

const facts = {
  currency: z.string(),
  creditAccountId: z.string(),
  clearingAccountId: z.string(),
  policy,
  state: z.enum(batchStates).meta({
    description:
      'OPEN while any of its money is. COMPLETED: every line was settled. PARTIAL: some were. FAILED: none was. CANCELLED: all that was accepted was cancelled. Money that came back does not count as settled.',
  }),
  amount: amountOut.meta({ description: 'Of the lines accepted.' }),
  money: figures,
  createdAt: z.string(),
};

export const batchOut = z
  .object({
    id: z.string(),
    number: z.string(),
    ...facts,
    lines: z.object({ sent: z.int(), accepted: z.int(), refused: z.int() }),
    items: z.partialRecord(z.enum(itemStates), z.int()).meta({ description: 'How many are in which state.' }),
    contradicted: z.int().optional().meta({
      description: 'Only where there are any: items of which the bank told against the end of an order.',
    }),
  })
  .meta({ id: 'CollectionBatch' });

export const batchHeadOut = batchOut
  .omit({ state: true, money: true, items: true, contradicted: true })
  .meta({ id: 'CollectionBatchHead' });

export const listedBatchOut = batchOut
  .omit({ money: true, items: true, contradicted: true })
  .meta({ id: 'ListedCollectionBatch' });

export const collectionOut = z
  .object({ id: z.string(), ...facts, items: z.array(itemOut) })
  .meta({ id: 'Collection', description: 'Several items where the amount was cut.' });

export const listedCollectionOut = collectionOut.omit({ money: true, items: true }).meta({ id: 'ListedCollection' });

export const refusedOut = z
  .object({
    line: z.int().meta({ description: 'From 1: its place in the list, or its line in the file.' }),
    code: z.enum(refusedCodes),
    field: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'RefusedLine' });

export const batchesQuery = z.strictObject({
  ...page.shape,
  number: number.optional().meta({ description: 'Only the batch that has this number of yours.' }),
});

export const itemsQuery = z.strictObject({
  ...page.shape,
  state: z.enum(itemStates).optional(),
  contradicted: z
    .enum(['true'])
    .optional()
    .meta({ description: 'Only those of which the bank told against the end of an order.' }),
});
