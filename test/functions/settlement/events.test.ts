import { describe, expect, it } from 'vitest';
import type { ChannelFile } from '../../../functions/settlement/channel-files/channel-file.ts';
import { channelFileToPlain } from '../../../functions/settlement/channel-files/channel-file-items.ts';
import { channelToPlain } from '../../../functions/settlement/channels/channel-items.ts';
import type { Comparison } from '../../../functions/settlement/comparing/comparison.ts';
import { comparisonToPlain } from '../../../functions/settlement/comparing/comparison-items.ts';
import { toEvents } from '../../../functions/settlement/events.ts';
import type { Proof } from '../../../functions/settlement/journal/proof/proof.ts';
import { proofToPlain } from '../../../functions/settlement/journal/proof/proof-items.ts';
import { marketToPlain } from '../../../functions/settlement/markets/market-items.ts';
import { merchantToPlain } from '../../../functions/settlement/merchants/merchant-items.ts';
import type { Handled, UnassignedPayment } from '../../../functions/settlement/orders/unassigned.ts';
import { unassignedToPlain } from '../../../functions/settlement/orders/unassigned-items.ts';
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

  it('tell of an unassigned payment that goes back once, whatever else changes of those beside it', () => {
    const payment = (transactionId: string, handled?: Handled): UnassignedPayment => ({
      ...{ channelId: 'wechat', transactionId, content: transactionId, reason: 'settlement/order-not-found' },
      ...{ detail: 'There is no order SO-1.', toldAt: at, toldBy: 'wechat' },
      told: { channelId: 'wechat', transactionId, amount: 10_000n, currency: 'CNY', paidAt: at },
      ...(handled && { handled }),
    });
    const back: Handled = { as: 'SENT_BACK', reason: '重复付款', at: '2025-09-27T02:00:00.000Z', by: 'operator' };
    const kept = (payments: readonly UnassignedPayment[], revision: number) =>
      fromItem(
        toItem(
          unassignedToPlain({
            ...{ tenant: 'demo', marketId: 'mkt_a', orderNo: 'SO-1', payments, revision },
            ...{ changedAt: '2025-09-28T02:00:00.000Z', cause },
          }),
        ),
      );
    const open = kept([payment('1'), payment('2')], 1);
    const one = kept([payment('1', back), payment('2')], 2);
    const both = kept([payment('1', back), payment('2', back)], 3);
    const change = (item: Plain, previous: Plain) => toEvents({ kind: 'MODIFY', item, previous });
    const [event, ...others] = change(one, open);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      ...{ type: 'settlement.unassigned-payment-sent-back.v1', occurredAt: '2025-09-27T02:00:00.000Z', tenant: 'demo' },
      data: {
        ...{ marketId: 'mkt_a', orderNo: 'SO-1', channelId: 'wechat', transactionId: '1' },
        ...{ amount: { amount: '100.00', currency: 'CNY' }, reason: '重复付款', sentBackBy: 'operator' },
      },
    });
    expect(event?.data).toHaveProperty('paymentId', event?.subject);
    expect(change(both, one)).toMatchObject([{ data: { transactionId: '2' } }]);
    expect(tell(open)).toEqual([]);
    // Told again from what stands it has the id that it had.
    expect(toEvents({ kind: 'INSERT', item: both }).map(({ id }) => id)).toContain(event?.id);
    const unassigned = service.streams?.find(({ entry }) => entry === 'on-change')?.kinds;
    expect(unassigned).toContain('UNASSIGNED');
    expect(service.publishes?.map(({ type }) => type)).toContain(event?.type);
  });

  it('tell of a file when it has ended, and of a comparison when it is asked for and when it is done', () => {
    const target = { tenant: 'demo', marketId: 'mkt_a', channelId: 'wechat', businessDate: '2025-09-26' };
    const changed = { revision: 1, changedAt: at, cause };
    const file: ChannelFile = {
      ...{ ...target, id: 'cfl_1', part: 1, templateId: 'own', status: 'WAITING', bytes: 0, faults: [], faulty: 0 },
      ...{ fingerprint: 'f', createdAt: at, ...changed },
    };
    const names = (plain: Plain, previous?: Plain) =>
      toEvents({
        ...{ kind: previous ? 'MODIFY' : 'INSERT', item: fromItem(toItem(plain)) },
        ...(previous && { previous: fromItem(toItem(previous)) }),
      }).map(({ type, subject }) => [type, subject]);
    expect(names(channelFileToPlain(file))).toEqual([]);
    const completed = channelFileToPlain({ ...file, status: 'COMPLETED' });
    expect(names(completed)).toEqual([['settlement.channel-file-read.v1', 'cfl_1']]);
    const refused = channelFileToPlain({ ...file, status: 'REFUSED' });
    expect(names(refused)).toEqual([['settlement.channel-file-refused.v1', 'cfl_1']]);

    const comparison: Comparison = { ...target, asked: 1, done: 0, turns: 0, ...changed };
    const subject = 'mkt_a/wechat/2025-09-26';
    const asked = comparisonToPlain(comparison);
    expect(names(asked)).toEqual([['settlement.comparison-asked.v1', subject]]);
    const leased = comparisonToPlain({ ...comparison, lease: { by: 'x', until: at }, revision: 2 });
    expect(names(leased, asked)).toEqual([]);
    const again = comparisonToPlain({ ...comparison, turns: 1, revision: 2 });
    expect(names(again, asked)).toEqual([['settlement.comparison-handed-on.v1', subject]]);
    const done = comparisonToPlain({ ...comparison, done: 1, revision: 3 });
    expect(names(done, leased)).toEqual([['settlement.comparison-ended.v1', subject]]);

    const proof: Proof = { tenant: 'demo', marketId: 'mkt_a', asked: 1, done: 0, turns: 0, ...changed };
    const first = proofToPlain(proof);
    expect(names(first)).toEqual([['settlement.proof-asked.v1', 'mkt_a']]);
    const handedOn = proofToPlain({ ...proof, turns: 1, revision: 2 });
    expect(names(handedOn, first)).toEqual([['settlement.proof-handed-on.v1', 'mkt_a']]);
    const ended = proofToPlain({ ...proof, turns: 1, done: 1, revision: 3 });
    expect(names(ended, handedOn)).toEqual([['settlement.proof-ended.v1', 'mkt_a']]);
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
