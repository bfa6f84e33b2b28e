import { describe, expect, it } from 'vitest';
import { channelFromPlain, channelToPlain } from '../../../functions/settlement/channels/channel-items.ts';
import { marketFromPlain, marketToPlain } from '../../../functions/settlement/markets/market-items.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import { merchantFromPlain, merchantToPlain } from '../../../functions/settlement/merchants/merchant-items.ts';
import {
  headFromPlain,
  headToPlain,
  versionFromPlain,
  versionToPlain,
} from '../../../functions/settlement/rules/rule-items.ts';
import { fromItem, type Plain, toItem } from '../../../shared/dynamo/items.ts';
import { aChannel, aMarket, aMerchant, aRule, aVersion } from './samples.ts';

const stored = (plain: Plain) => fromItem(toItem(plain));

describe('the items of settlement', () => {
  it('of markets come back as they were', () => {
    const market = aMarket({ shortfall: { kind: 'RECOVER', basisPoints: 3_000n } });
    expect(marketFromPlain(stored(marketToPlain(market)))).toEqual(market);
  });

  it.each<[string, Partial<Merchant>]>([
    ['companies', { clawBackSince: '2025-09-01', shortfall: { kind: 'RECOVER', basisPoints: 10n } }],
    ['persons that are paid in the ledger', { kind: 'PERSON', payout: { to: 'LEDGER', accountId: 'acc_9' } }],
  ])('of %s come back as they were, and lie with their market', (_, more) => {
    const merchant = aMerchant(more);
    const plain = merchantToPlain(merchant);
    expect(plain).toMatchObject({ kind: 'MERCHANT', marketOf: 'demo#mkt_chengdu#MERCHANTS', marketAt: merchant.id });
    expect(merchantFromPlain(stored(plain))).toEqual(merchant);
  });

  it('of channels come back as they were, days as numbers', () => {
    expect(channelFromPlain(stored(channelToPlain(aChannel())))).toEqual(aChannel());
  });

  it('of rules come back as they were, counts as numbers and amounts as bigint', () => {
    const version = aVersion({
      effectiveTo: '2026-12-31',
      method: 'FIXED_THEN_RATIO',
      lines: [
        { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'FIXED', amount: 200n } },
        {
          sequence: 2,
          receiver: 'mer_potter',
          share: {
            kind: 'TIERS',
            apply: 'WHOLE',
            tiers: [
              { from: 0n, basisPoints: 100n },
              { from: 10_000n, basisPoints: 50n },
            ],
          },
          cap: 5_000n,
          floor: 1n,
        },
      ],
      feeBearer: { kind: 'LINE', sequence: 2 },
      lifetimeCapBasisPoints: 3_000n,
    });
    expect(versionFromPlain(stored(versionToPlain(version)))).toEqual(version);
    const { head } = aRule(version);
    expect(headFromPlain(stored(headToPlain(head)))).toEqual(head);
  });
});
