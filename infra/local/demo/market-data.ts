/** What a market sells on the eve of the national holiday of 2025: so chosen that each rule of it comes up once. */

/** 15:00 in Chengdu on the last working day before the holiday; the first one after it. */
export const paidAt = '2025-09-30T07:00:00.000Z';
export const paidOn = '2025-09-30';
export const runDate = '2025-10-09';

export interface DemoMerchant {
  readonly id: string;
  readonly name: string;
  /** Where it is paid out; without one, to an account of the ledger. */
  readonly bankAccount?: string;
}

export const merchants: readonly DemoMerchant[] = [
  { id: 'teahouse', name: '锦里茶庄', bankAccount: '51001881236052505123' },
  { id: 'potter', name: '青城陶坊' },
  { id: 'courier', name: '蜀道速运', bankAccount: '51001881236052507788' },
];

export interface DemoOrder {
  readonly number: string;
  readonly amount: string;
  readonly parts: readonly {
    readonly seller: string;
    readonly amount: string;
    readonly coupon?: { readonly amount: string; readonly funders: readonly object[] };
  }[];
  readonly rule: 'paid' | 'received';
  readonly channelId: string;
  /** By the consumer: what the coupons left of it. */
  readonly paid: string;
}

export const marketOrders: readonly DemoOrder[] = [
  {
    ...{ number: '1', amount: '128.00', rule: 'paid', channelId: 'WECHAT_PAY', paid: '118.00' },
    parts: [
      {
        ...{ seller: 'potter', amount: '128.00' },
        coupon: {
          amount: '10.00',
          funders: [
            { kind: 'PLATFORM', basisPoints: 7_000 },
            { kind: 'MERCHANT', basisPoints: 3_000 },
          ],
        },
      },
    ],
  },
  {
    ...{ number: '2', amount: '200.00', rule: 'paid', channelId: 'ALIPAY', paid: '200.00' },
    parts: [{ seller: 'potter', amount: '200.00' }],
  },
  {
    ...{ number: '3', amount: '350.00', rule: 'paid', channelId: 'UNIONPAY', paid: '350.00' },
    parts: [
      { seller: 'potter', amount: '250.00' },
      { seller: 'teahouse', amount: '100.00' },
    ],
  },
  {
    ...{ number: '4', amount: '88.80', rule: 'received', channelId: 'DIGITAL_RMB', paid: '88.80' },
    parts: [{ seller: 'teahouse', amount: '88.80' }],
  },
  {
    ...{ number: '5', amount: '1600.00', rule: 'paid', channelId: 'OFFLINE', paid: '1600.00' },
    parts: [{ seller: 'potter', amount: '1600.00' }],
  },
];

/** The order that is split only when its goods are received. */
export const awaited = '4';
