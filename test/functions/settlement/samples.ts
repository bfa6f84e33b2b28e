import type { MarketChannel } from '../../../functions/settlement/channels/market-channel.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import type { RuleVersion, StoredRule } from '../../../functions/settlement/rules/stored-rule.ts';

export const cause = { client: 'test', role: 'operator', requestId: 'test' };
export const at = '2025-09-26T02:00:00.000Z';
export const on = { at, cause };

/** A market in Chengdu, in yuan. */
export function aMarket(more: Partial<Market> = {}): Market {
  return {
    tenant: 'demo',
    id: 'mkt_chengdu',
    name: '成都茶叶市场',
    legalEntity: '禹道市场管理有限公司',
    currency: 'CNY',
    zone: 'Asia/Shanghai',
    calendar: 'CN_STATE_COUNCIL',
    accounts: { supervised: 'acc_1', inTransit: 'acc_2', paidOut: 'acc_6', claims: 'acc_3', own: 'acc_4' },
    orderTimeoutMinutes: 30,
    shortfall: { kind: 'CARRY' },
    revision: 1,
    changedAt: at,
    cause,
    ...more,
  };
}

/** A company with an account at a bank. */
export function aMerchant(more: Partial<Merchant> = {}): Merchant {
  return {
    tenant: 'demo',
    id: 'mer_teahouse',
    marketId: 'mkt_chengdu',
    name: '锦里茶庄',
    kind: 'COMPANY',
    state: 'ACTIVE',
    payout: {
      to: 'BANK',
      name: '成都锦里茶庄有限公司',
      account: { type: 'ACCOUNT', number: '51001881236052505123', bank: { cnaps: '105100000017' } },
    },
    payableAccountId: 'acc_5',
    subsidyAccountId: 'acc_6',
    revision: 1,
    changedAt: at,
    cause,
    ...more,
  };
}

/** 5 % of what was paid to the teahouse, the rest to the remainder's selling merchant; T+1, cut-off 23:00. */
export function aVersion(more: Partial<RuleVersion> = {}): RuleVersion {
  return {
    tenant: 'demo',
    id: 'rule_1',
    marketId: 'mkt_chengdu',
    name: '茶庄 5%',
    currency: 'CNY',
    version: 1,
    effectiveFrom: '2025-09-01',
    base: 'PAID',
    method: 'RATIO',
    lines: [
      { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'RATIO', basisPoints: 500n } },
      { sequence: 2, share: { kind: 'REMAINDER' } },
    ],
    failureMode: 'ALL_OR_NOTHING',
    clearing: {
      from: 'PAYMENT',
      period: { kind: 'WORKING_DAYS', days: 1 },
      mode: 'BATCH',
      cutOff: '23:00',
      calendar: 'CN_STATE_COUNCIL',
    },
    aggregate: 'AFTER_SPLIT',
    createdAt: at,
    cause,
    ...more,
  };
}

export function aRule(...versions: readonly RuleVersion[]): StoredRule {
  const { tenant, id, marketId, name, currency } = aVersion();
  const head = { tenant, id, marketId, name, currency, revision: versions.length, changedAt: at, cause };
  return { head, versions };
}

/** WeChat Pay as the market has it: 0.6 %, 80.00 at most. */
export function aChannel(more: Partial<MarketChannel> = {}): MarketChannel {
  return {
    tenant: 'demo',
    marketId: 'mkt_chengdu',
    id: 'wechat',
    kind: 'WECHAT_PAY',
    currency: 'CNY',
    payMethods: ['AGGREGATE_QR'],
    told: 'CALLBACK',
    versions: [
      {
        effectiveFrom: '2025-01-01',
        fee: { basisPoints: 60n, fixed: 0n, maximum: 8_000n },
        feeRefundable: true,
        refundDays: 365,
        splitDays: 30,
        minimum: 1n,
      },
    ],
    callbackKeys: [],
    accountId: 'acc_6',
    revision: 1,
    changedAt: at,
    cause,
    ...more,
  };
}
