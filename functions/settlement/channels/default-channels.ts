import type { Channel, ChannelFee } from './channel.ts';

const free: ChannelFee = { basisPoints: 0n, fixed: 0n };

/** What payment institutions and card acquirers commonly ask of a merchant: 0.6 %. */
const common: ChannelFee = { basisPoints: 60n, fixed: 0n };

const china = { currency: 'CNY', told: 'CALLBACK' } as const;

/** Before any order that is told, so that each finds terms. */
const effectiveFrom = '2018-01-01';

/**
 * What a market is paid over until it configures channels of its own. Fees are common figures to begin with, and windows are left
 * open where a channel publishes none; those of the market's own contracts are put in their place. No fee is taken to come back
 * unless the channel says so.
 */
export const defaultChannels: readonly Channel[] = [
  {
    ...china,
    id: 'WECHAT_PAY',
    kind: 'WECHAT_PAY',
    payMethods: ['WECHAT_MINI_PROGRAM', 'MOBILE_H5', 'SCANNED', 'AGGREGATE_QR'],
    versions: [
      {
        effectiveFrom,
        fee: common,
        // 微信支付商户文档, 退款: the fee comes back in proportion; a payment can be refunded for a year.
        feeRefundable: true,
        refundDays: 365,
        // 分账: money is frozen for 30 days, then unfrozen to the merchant who splits. Markets that run 平台收付通 or chains of a
        // brand have 180; they put them here.
        splitDays: 30,
        // 分账回退: within 180 days, from merchants only.
        clawBackDays: 180,
        minimum: 1n,
      },
    ],
  },
  {
    ...china,
    id: 'ALIPAY',
    kind: 'ALIPAY',
    payMethods: ['ALIPAY_MINI_PROGRAM', 'MOBILE_H5', 'SCANNED', 'AGGREGATE_QR'],
    versions: [
      {
        effectiveFrom,
        fee: common,
        feeRefundable: false,
        // 资金冻结 at the settle confirmation: unfrozen after 30 days. What was split goes back with the refund, whenever that is.
        splitDays: 30,
        minimum: 1n,
      },
    ],
  },
  {
    ...china,
    id: 'UNIONPAY',
    kind: 'UNIONPAY',
    payMethods: ['PC_CASHIER', 'SCANNED', 'AGGREGATE_QR', 'CONTACTLESS', 'PASSWORD_FREE'],
    versions: [{ effectiveFrom, fee: common, feeRefundable: false, minimum: 1n }],
  },
  {
    ...china,
    id: 'BANK',
    kind: 'BANK',
    payMethods: ['PC_CASHIER', 'MOBILE_H5', 'PERSONAL_E_BANKING', 'LONG_PAY', 'SHARED_WALLET', 'PASSWORD_FREE'],
    versions: [{ effectiveFrom, fee: free, feeRefundable: false, minimum: 1n }],
  },
  {
    // Merchants are charged nothing for taking digital RMB.
    ...china,
    id: 'DIGITAL_RMB',
    kind: 'DIGITAL_RMB',
    payMethods: ['DIGITAL_RMB_WALLET', 'CONTACTLESS'],
    versions: [{ effectiveFrom, fee: free, feeRefundable: false, minimum: 1n }],
  },
  {
    // Refunds of it wait until a person confirms them (status 04), so no window closes on them.
    ...china,
    id: 'OFFLINE',
    kind: 'OFFLINE',
    payMethods: ['OFFLINE'],
    told: 'SLIP',
    versions: [{ effectiveFrom, fee: free, feeRefundable: false, minimum: 1n }],
  },
];
