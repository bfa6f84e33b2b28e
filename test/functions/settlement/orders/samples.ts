import type { Order, Payment, SubOrder, ToldPayment } from '../../../../functions/settlement/orders/order.ts';
import type { ReadFacts } from '../../../../functions/settlement/orders/read-plan-facts.ts';
import type { RuleVersion } from '../../../../functions/settlement/rules/stored-rule.ts';
import { aChannel, aMarket, aMerchant, aRule, at, aVersion, cause } from '../samples.ts';

export { at };
/** When the samples are paid: ten minutes after they were made, on Friday 2025-09-26 in Chengdu. */
export const paidAt = '2025-09-26T02:10:00.000Z';

/** 100.00 of the potter, by the rule of the samples: 5 % to the teahouse. */
export function aSubOrder(more: Partial<SubOrder> = {}): SubOrder {
  return {
    ...{ no: '1', merchantId: 'mer_potter', amount: 10_000n, addOns: [], coupons: [] },
    ...{ plan: { by: 'RULE', ruleId: 'rule_1' }, splits: [] },
    ...more,
  };
}

/** Nobody has paid it. */
export function anOrder(more: Partial<Order> = {}): Order {
  return {
    ...{ tenant: 'demo', no: 'SO-1', marketId: 'mkt_chengdu', currency: 'CNY', subOrders: [aSubOrder()] },
    ...{ createdAt: at, payBy: '2025-09-26T02:30:00.000Z', references: {} },
    ...{ payments: [], slips: [], refunds: [], disputes: [] },
    ...{ fingerprint: 'f', revision: 1, changedAt: at, cause },
    ...more,
  };
}

/** 100.00 over WeChat Pay, of which it keeps 0.60. */
export function aTold(more: Partial<ToldPayment> = {}): ToldPayment {
  return {
    ...{ channelId: 'wechat', transactionId: 'T-1', amount: 10_000n, fee: 60n, paidAt, businessDate: '2025-09-26' },
    ...more,
  };
}

export function aPayment(more: Partial<Payment> = {}): Payment {
  return { ...aTold(), ...more };
}

/** A market with one channel and one rule; its merchants are active companies that agree to claw-backs. */
export function facts(more: Partial<ReadFacts> = {}, version: Partial<RuleVersion> = {}) {
  const merchants = ['mer_potter', 'mer_teahouse', 'mer_van'].map((id) =>
    aMerchant({ id, clawBackSince: '2025-01-01' }),
  );
  return {
    market: aMarket(),
    rules: new Map([['rule_1', aRule(aVersion(version))]]),
    merchants: new Map(merchants.map((merchant) => [merchant.id, merchant])),
    channels: new Map([['wechat', aChannel()]]),
    sums: new Map(),
    ...more,
    /** Nothing is settled when a dispute is opened. */
    settled: new Set<string>(),
  };
}
