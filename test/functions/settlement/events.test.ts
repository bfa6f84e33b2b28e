import { describe, expect, it } from 'vitest';
import { channelToPlain } from '../../../functions/settlement/channels/channel-items.ts';
import { toEvents } from '../../../functions/settlement/events.ts';
import { marketToPlain } from '../../../functions/settlement/markets/market-items.ts';
import { merchantToPlain } from '../../../functions/settlement/merchants/merchant-items.ts';
import { headToPlain, versionToPlain } from '../../../functions/settlement/rules/rule-items.ts';
import { service } from '../../../functions/settlement/service.ts';
import { fromItem, type Plain, toItem } from '../../../shared/dynamo/items.ts';
import { aChannel, aMarket, aMerchant, aRule, at, aVersion, cause } from './samples.ts';

/** As the stream has it. */
const tell = (plain: Plain) => toEvents({ kind: 'INSERT', item: fromItem(toItem(plain)) });

describe('the events of settlement', () => {
  it('tell of markets, channels, merchants and versions of rules, each once by its version', () => {
    const told = [
      ...tell(marketToPlain(aMarket())),
      ...tell(marketToPlain(aMarket({ revision: 2 }))),
      ...tell(channelToPlain(aChannel())),
      ...tell(merchantToPlain(aMerchant())),
      ...tell(merchantToPlain(aMerchant({ revision: 2 }))),
      ...tell(versionToPlain(aVersion())),
      ...tell(versionToPlain(aVersion({ version: 2 }))),
    ];
    expect(told.map(({ type }) => type)).toEqual([
      'settlement.market-created.v1',
      'settlement.market-changed.v1',
      'settlement.channel-changed.v1',
      'settlement.merchant-created.v1',
      'settlement.merchant-changed.v1',
      'settlement.split-rule-version-made.v1',
      'settlement.split-rule-version-made.v1',
    ]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(7);
    const published = (service.publishes ?? []).map(({ type }) => type);
    for (const { type } of told) expect(published).toContain(type);
    expect(tell(marketToPlain(aMarket()))).toEqual(told.slice(0, 1));
  });

  it('say who did it and when, and show the number of an account masked', () => {
    const [event] = tell(merchantToPlain(aMerchant()));
    expect(event).toMatchObject({
      ...{ tenant: 'demo', subject: 'mer_teahouse', actor: cause, occurredAt: at },
      data: { payout: { to: 'BANK', account: { number: '****5123' } } },
    });
    expect(JSON.stringify(event)).not.toContain('51001881236052505123');
  });

  it('tell nothing of heads of rules, and of nothing that is removed', () => {
    expect(tell(headToPlain(aRule(aVersion()).head))).toEqual([]);
    expect(toEvents({ kind: 'REMOVE' })).toEqual([]);
  });
});
