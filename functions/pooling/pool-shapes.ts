import * as z from 'zod';
import { amountOut, currency, positiveAmount, references, text } from '../../shared/http/schemas.ts';
import { contractStates } from './loans/contract-terms.ts';
import { accountId } from './members/member-shapes.ts';
import { poolKinds } from './pool.ts';

/** What pools, trees, loans and payments look like to a caller. */

export const poolIn = z
  .strictObject({
    name: text(140),
    currency,
    kind: z.enum(poolKinds),
    headerAccountId: accountId.meta({ description: 'The header; of a LEDGER pool the real account at the bank.' }),
  })
  .meta({ id: 'PoolRequest' });

const runNumber = { businessDate: z.string(), runNumber: z.int() };

export const poolOut = z
  .object({
    id: z.string(),
    name: z.string(),
    currency: z.string(),
    kind: z.enum(poolKinds),
    headerAccountId: z.string(),
    rootAccountId: z
      .string()
      .meta({ description: 'The top of the tree: the header, or the main ledger of a LEDGER pool.' }),
    clearingAccountId: z.string().optional().meta({ description: 'LEDGER: the bank’s side of receipts.' }),
    members: z.int(),
    version: z.int().meta({ description: 'Of the configuration; 0 before the members are set.' }),
    lastRun: z.object(runNumber).optional(),
    missedRun: z
      .object({ ...runNumber, at: z.string() })
      .optional()
      .meta({ description: 'The last scheduled run that could not be started in time.' }),
    nextRun: z
      .union([
        z.object({ ...runNumber, at: z.string() }),
        z.object({ fault: z.enum(['CALENDAR_NOT_PUBLISHED', 'FAR_AHEAD']), date: z.string() }),
      ])
      .optional()
      .meta({ description: 'The next scheduled run; or from which day on it cannot be told yet.' }),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'Pool' });

export const membersOut = z
  .object({
    version: z.int(),
    header: z.record(z.string(), z.unknown()),
    members: z.array(z.record(z.string(), z.unknown())).meta({ description: 'In the form in which they are set.' }),
    loans: z.array(z.record(z.string(), z.unknown())),
  })
  .meta({ id: 'PoolMembers' });

const treeNode = z
  .object({
    accountId: z.string(),
    parentAccountId: z.string().optional(),
    level: z.int().meta({ description: '0 for the top: the header, or the investment account above it.' }),
    name: z.string().optional(),
    entity: z.string(),
    currency: z.string(),
    status: z.enum(['ACTIVE', 'FROZEN', 'CLOSED']),
    posted: amountOut,
    held: amountOut.meta({ description: 'Debits that are held.' }),
    frozen: amountOut,
    available: amountOut.meta({ description: 'Posted − held − frozen: what sweeps go by.' }),
    debitable: amountOut.optional().meta({
      description: 'What may still be debited, down to the bound of the account; absent without one.',
    }),
    reserve: amountOut,
    position: amountOut.meta({
      description:
        'Swept up less sent down on the edge to its parent: what that holds of this account; negative what it lent it.',
    }),
    priority: z.int(),
  })
  .meta({ id: 'TreeNode' });

export const treeOut = z
  .object({
    poolId: z.string(),
    kind: z.enum(poolKinds),
    version: z.int(),
    totals: z.array(z.object({ currency: z.string(), posted: amountOut, available: amountOut })),
    real: z
      .object({ accountId: z.string(), posted: amountOut, ledgers: amountOut, difference: amountOut })
      .optional()
      .meta({ description: 'LEDGER: the real account, the sum of its ledgers, and their difference, which is zero.' }),
    tree: z
      .array(treeNode)
      .meta({ description: 'Parents before their children, siblings by priority: as one reads a tree.' }),
  })
  .meta({ id: 'PoolTree' });

export const loanOut = z
  .object({
    lender: z.string(),
    borrower: z.string(),
    outstanding: amountOut,
    contract: z.string().optional(),
    creditLine: z.string().optional(),
    ceiling: amountOut.optional(),
    room: amountOut.optional().meta({ description: 'What the contract leaves to lend; absent without a ceiling.' }),
    effectiveFrom: z.string().optional(),
    expiresOn: z.string().optional(),
    contractState: z.enum(contractStates).optional(),
    overdue: z.boolean().optional().meta({ description: 'Lent under a contract that has expired.' }),
    accountId: z.string().optional().meta({ description: 'Where the ledger keeps the position.' }),
  })
  .meta({ id: 'Loan' });

export const loansOut = z
  .object({
    loans: z.array(loanOut).meta({ description: 'Outstanding ones, and those with a contract.' }),
    entities: z.array(z.object({ entity: z.string(), lent: amountOut, borrowed: amountOut, net: amountOut })),
    net: amountOut.meta({ description: 'Σ of what all entities have lent and borrowed: zero.' }),
  })
  .meta({ id: 'LoanBook' });

export const paymentIn = z
  .strictObject({
    accountId: accountId.meta({ description: 'The member that pays.' }),
    creditAccountId: accountId.meta({
      description: 'The account that is paid; a clearing account for payees outside.',
    }),
    amount: positiveAmount,
    description: text(140).optional(),
    references: references.optional(),
  })
  .refine(({ accountId: payer, creditAccountId }) => payer !== creditAccountId, {
    path: ['creditAccountId'],
    message: 'Name another account than the one that pays.',
  })
  .meta({ id: 'PoolPaymentRequest' });

export const paymentOut = z
  .object({
    id: z.string(),
    poolId: z.string(),
    status: z.enum(['PLANNED', 'PAID', 'REFUSED']),
    accountId: z.string(),
    creditAccountId: z.string(),
    amount: amountOut,
    own: amountOut.optional().meta({ description: 'Paid out of the account’s own money.' }),
    funded: amountOut.optional(),
    funding: z.array(z.object({ debitAccountId: z.string(), creditAccountId: z.string(), amount: amountOut })).meta({
      description: 'What came down, from the top.',
    }),
    transferId: z.string().optional(),
    refusal: z.object({ detail: z.string(), reason: z.string().optional(), code: z.string().optional() }).optional(),
    description: z.string().optional(),
    references: z.record(z.string(), z.string()),
    madeAt: z.string(),
  })
  .meta({ id: 'PoolPayment' });
