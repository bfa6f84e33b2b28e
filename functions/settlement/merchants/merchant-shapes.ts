import * as z from 'zod';
import { bankAccountIn, bankAccountOut } from '../../../shared/http/bank-account.ts';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { date, id, page } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { marketId, merchantId, partyName, shortfallIn } from '../markets/market-shapes.ts';
import type { Payout } from './merchant.ts';

/** What merchants look like to a caller. */

const payoutIn = z
  .discriminatedUnion('to', [
    z.strictObject({
      to: z.literal('BANK'),
      name: partyName.meta({ description: 'Whose account it is, as the bank has it.' }),
      account: bankAccountIn('PayoutAccount', 'PayoutBank'),
    }),
    z.strictObject({ to: z.literal('LEDGER'), accountId: id('acc') }),
  ])
  .meta({ id: 'PayoutRequest', description: 'Where its money goes: to an account at a bank, or of the ledger.' });

const clawBackSince = date.meta({
  description:
    '回退授权: since when it agrees that a refund takes back what it got. What was paid out to a person stays there.',
});
const kind = z.enum(['COMPANY', 'PERSON']);
const state = z.enum(['ACTIVE', 'SUSPENDED']);

export const merchantIn = z
  .strictObject({
    id: merchantId.meta({ description: 'Yours; no two merchants have the same, of whatever market.' }),
    marketId,
    name: partyName,
    kind,
    payout: payoutIn,
    clawBackSince: clawBackSince.optional(),
    shortfall: shortfallIn.optional().meta({ description: 'Where it differs from the market’s.' }),
  })
  .refine((merchant) => merchant.kind !== 'PERSON' || merchant.clawBackSince === undefined, {
    path: ['clawBackSince'],
    message: 'Leave it out: from a person nothing is taken back.',
  })
  .meta({ id: 'MerchantRequest' });

export const merchantChangeIn = z
  .strictObject({
    name: partyName.optional(),
    payout: payoutIn.optional(),
    state: state.optional().meta({ description: 'SUSPENDED: nothing is paid out, and it has no share in new orders.' }),
    clawBackSince: clawBackSince.nullable().optional().meta({ description: 'null: it agrees no longer.' }),
    shortfall: shortfallIn.nullable().optional().meta({ description: 'null: as its market has it again.' }),
    expectedVersion: expectedVersion.optional(),
  })
  .refine(({ expectedVersion: _, ...change }) => Object.keys(change).length > 0, 'Send at least one field to change.')
  .meta({ id: 'MerchantChange', description: 'What is left out stays.' });

export const merchantOut = z
  .object({
    id: z.string(),
    marketId: z.string(),
    name: z.string(),
    kind,
    state,
    payout: z.discriminatedUnion('to', [
      z.object({ to: z.literal('BANK'), name: z.string(), account: bankAccountOut }),
      z.object({ to: z.literal('LEDGER'), accountId: z.string() }),
    ]),
    clawBackSince: z.string().optional(),
    shortfall: shortfallIn.optional(),
    payableAccountId: z.string().meta({ description: 'The account of the ledger on which stands what is owed to it.' }),
    subsidyAccountId: z.string().meta({
      description:
        'The account of the ledger that it gives coupons from, where it stands for a brand: put money there by a transfer. ' +
        'A coupon that it is to fund lands when there is enough.',
    }),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'Merchant' });

export const merchantsQuery = z.strictObject({ ...page.shape, marketId });
export const merchantsOut = z.object({ merchants: z.array(merchantOut), nextCursor: z.string().optional() });

/** As the model has it. */
export function toPayout(asked: z.output<typeof payoutIn>): Payout {
  if (asked.to === 'LEDGER') return asked;
  const { account, ...rest } = asked;
  return { ...rest, account: { ...account, bank: defined(account.bank) } };
}

export type MerchantChangeRequest = z.output<typeof merchantChangeIn>;
