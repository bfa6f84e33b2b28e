import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';

/** Who carries the payment. OFFLINE: the consumer pays by transfer or in cash, and hands in a slip. */
export const channelKinds = ['WECHAT_PAY', 'ALIPAY', 'UNIONPAY', 'BANK', 'DIGITAL_RMB', 'OFFLINE'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** How the consumer pays, with the code that 惠市宝 has for it. */
export const payMethodCodes = {
  PC_CASHIER: '01',
  OFFLINE: '02',
  MOBILE_H5: '03',
  WECHAT_MINI_PROGRAM: '05',
  PERSONAL_E_BANKING: '06',
  AGGREGATE_QR: '07',
  /** 龙支付 */
  LONG_PAY: '08',
  SCANNED: '09',
  DIGITAL_RMB_WALLET: '11',
  CONTACTLESS: '12',
  SHARED_WALLET: '13',
  ALIPAY_MINI_PROGRAM: '14',
  PASSWORD_FREE: '15',
} as const;
export type PayMethod = keyof typeof payMethodCodes;
export const payMethods = Object.keys(payMethodCodes) as [PayMethod, ...PayMethod[]];

/** What a channel takes of a payment: a ratio and a fixed part, within bounds. Minor units, none below zero. */
export interface ChannelFee {
  /** Of what is settled; 60 is 0.6 %. */
  readonly basisPoints: bigint;
  readonly fixed: bigint;
  readonly minimum?: bigint;
  readonly maximum?: bigint;
}

/** The terms of a channel from a day on. An order keeps those of the day on which it was paid. */
export interface ChannelVersion {
  readonly effectiveFrom: PlainDate;
  /** The last day; none where it is open. */
  readonly effectiveTo?: PlainDate;
  readonly fee: ChannelFee;
  /** Whether a refund brings the fee back in proportion. */
  readonly feeRefundable: boolean;
  /** Natural days after the payment on which it can still be refunded; none where there is no bound. See isWithinWindow. */
  readonly refundDays?: number;
  /** Natural days after the payment on which it can still be split; then what is unsplit goes to the selling merchant. */
  readonly splitDays?: number;
  /** Natural days after a split on which a receiver's part can still be taken back. */
  readonly clawBackDays?: number;
  /** Of a payment, what may be given to others than the selling merchant over its life, inclusive; none where it is off. */
  readonly splitCapBasisPoints?: bigint;
  /** Minor units for one payment, both inclusive; without them there is no bound. */
  readonly minimum?: bigint;
  readonly maximum?: bigint;
}

/** A way to be paid. Its terms change by version; what it is does not. */
export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly currency: CurrencyCode;
  readonly payMethods: readonly PayMethod[];
  /** How its payments are known: the channel calls back, or a person confirms a slip. */
  readonly told: 'CALLBACK' | 'SLIP';
  /** In any order; on each day at most one is in force. */
  readonly versions: readonly ChannelVersion[];
}
