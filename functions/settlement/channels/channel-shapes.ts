import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { amountOut, date, nonNegativeAmount } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { foreignAmong, type PlacedAmount } from '../markets/foreign-amounts.ts';
import { readPublicKey } from './callback-signature.ts';
import { type Channel, type ChannelVersion, channelKinds, payMethods } from './channel.ts';
import { channelFaults, windowDaysMax } from './check-channel.ts';

/** What pay channels look like to a caller. */

const ID_LENGTH_MAX = 40;
const VERSIONS_MAX = 100;
const KEYS_MAX = 2;
const KEY_LENGTH_MAX = 4_000;
const BASIS_POINTS_MAX = 10_000;

export const channelId = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9_.-]{1,${ID_LENGTH_MAX}}$`),
    `A channel's id has 1 to ${ID_LENGTH_MAX} letters, digits, underscores, dots or dashes.`,
  )
  .meta({ examples: ['WECHAT_PAY'] });

export const payMethod = z.enum(payMethods).meta({ description: 'How the consumer paid: one of the channel’s.' });

const days = (description: string) => z.int().optional().meta({ minimum: 0, maximum: windowDaysMax, description });

const feeIn = z
  .strictObject({
    basisPoints: z
      .int()
      .default(0)
      .meta({ minimum: 0, maximum: BASIS_POINTS_MAX, description: 'Half up; 60 is 0.6 %.' }),
    fixed: nonNegativeAmount.optional(),
    minimum: nonNegativeAmount.optional(),
    maximum: nonNegativeAmount.optional(),
  })
  .meta({ id: 'ChannelFeeRequest' });

const windows = {
  refundDays: days('Natural days after the payment on which it can still be refunded; no bound without it.'),
  splitDays: days(
    'Natural days after the payment on which it can still be split; the run of the last gives the rest to the merchant.',
  ),
  clawBackDays: days('Natural days after a split on which a share can still be taken back.'),
};

const splitCapBasisPoints = z
  .int()
  .optional()
  .meta({
    minimum: 1,
    maximum: BASIS_POINTS_MAX,
    description:
      'Of a payment, what may be given to others than the selling merchant over its life, inclusive. A split above it waits for ' +
      'one by hand; what is left on the last day goes to the merchant.',
  });

const versionIn = z
  .strictObject({
    effectiveFrom: date,
    effectiveTo: date.optional().meta({ description: 'The last day; open without it.' }),
    fee: feeIn.default({ basisPoints: 0 }),
    feeRefundable: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether a refund brings the fee back in proportion.' }),
    ...windows,
    splitCapBasisPoints,
    minimum: nonNegativeAmount.optional().meta({ description: 'For one payment, inclusive.' }),
    maximum: nonNegativeAmount.optional().meta({ description: 'For one payment, inclusive.' }),
  })
  .meta({ id: 'ChannelVersionRequest' });

const callbackKeys = z
  .array(
    z
      .string()
      .max(KEY_LENGTH_MAX)
      .check(({ value, issues }) => {
        const read = readPublicKey(value);
        if ('detail' in read) issues.push({ code: 'custom', input: value, message: read.detail });
      }),
  )
  .max(KEYS_MAX)
  .meta({
    description:
      'Public keys (RSA, PEM) by which its callbacks are signed; two while it changes from one to the other.',
  });

export const channelIn = z
  .strictObject({
    kind: z
      .enum(channelKinds)
      .meta({ description: 'OFFLINE is told by a slip that a person confirms, others by callback.' }),
    payMethods: z.array(payMethod).max(payMethods.length),
    versions: z.array(versionIn).max(VERSIONS_MAX),
    callbackKeys: callbackKeys.default([]),
    expectedVersion: expectedVersion.optional(),
  })
  .check(({ value, issues }) => {
    // Which id and currency it has is nothing that this request says.
    for (const { pointer = '', detail } of channelFaults(toChannel('X', 'CNY', value))) {
      issues.push({ code: 'custom', input: value, path: pointer.split('/').slice(1), message: detail });
    }
    if (value.kind !== 'OFFLINE' || value.callbackKeys.length === 0) return;
    const message = 'Leave them out; nobody calls back of what is paid offline.';
    issues.push({ code: 'custom', input: value, path: ['callbackKeys'], message });
  })
  .meta({ id: 'PayChannelRequest' });

export type ChannelRequest = Pick<z.output<typeof channelIn>, 'kind' | 'payMethods' | 'versions'>;

/** As the model has it; all amounts are taken to be in its currency. */
export function toChannel(id: string, currency: string, { kind, payMethods, versions }: ChannelRequest): Channel {
  const told = kind === 'OFFLINE' ? 'SLIP' : 'CALLBACK';
  return { id, kind, currency, payMethods, told, versions: versions.map(toVersion) };
}

function toVersion(asked: z.output<typeof versionIn>): ChannelVersion {
  const { fee, minimum, maximum, splitCapBasisPoints: cap, ...version } = asked;
  const { effectiveFrom, feeRefundable, ...rest } = version;
  return {
    effectiveFrom,
    feeRefundable,
    ...defined(rest),
    fee: {
      basisPoints: BigInt(fee.basisPoints),
      fixed: fee.fixed?.minor ?? 0n,
      ...defined({ minimum: fee.minimum?.minor, maximum: fee.maximum?.minor }),
    },
    ...defined({ splitCapBasisPoints: cap === undefined ? undefined : BigInt(cap) }),
    ...defined({ minimum: minimum?.minor, maximum: maximum?.minor }),
  };
}

/** Amounts that are not in the currency of the market, each at its place. */
export function foreignAmounts({ versions }: ChannelRequest, currency: string) {
  const amounts = versions.flatMap(({ fee, minimum, maximum }, place): PlacedAmount[] => [
    [`/versions/${place}/fee/fixed`, fee.fixed],
    [`/versions/${place}/fee/minimum`, fee.minimum],
    [`/versions/${place}/fee/maximum`, fee.maximum],
    [`/versions/${place}/minimum`, minimum],
    [`/versions/${place}/maximum`, maximum],
  ]);
  return foreignAmong(amounts, currency);
}

const termsOut = {
  kind: z.enum(channelKinds),
  currency: z.string(),
  payMethods: z.array(payMethod),
  told: z.enum(['CALLBACK', 'SLIP']).meta({ description: 'How its payments are known.' }),
  versions: z.array(
    z.object({
      effectiveFrom: z.string(),
      effectiveTo: z.string().optional(),
      fee: z.object({
        basisPoints: z.int(),
        fixed: amountOut,
        minimum: amountOut.optional(),
        maximum: amountOut.optional(),
      }),
      feeRefundable: z.boolean(),
      ...windows,
      splitCapBasisPoints,
      minimum: amountOut.optional(),
      maximum: amountOut.optional(),
    }),
  ),
};

export const channelOut = z
  .object({
    id: z.string(),
    marketId: z.string(),
    ...termsOut,
    callbackKeys: z.array(z.string()),
    accountId: z.string().meta({ description: 'The account of the ledger on which stands what the channel owes.' }),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'PayChannel' });

export const channelsOut = z.object({
  channels: z.array(channelOut),
  offered: z.array(z.object({ id: z.string(), ...termsOut }).meta({ id: 'OfferedPayChannel' })).meta({
    description:
      'Common ones in the currency of the market that it has not: put them as they are, or with your own terms.',
  }),
});
