import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf } from '../../../functions/settlement/journal/groups.ts';
import { journalKeys } from '../../../functions/settlement/journal/journal-keys.ts';
import type { OwnerDay } from '../../../functions/settlement/journal/transaction.ts';
import { resolveDispute } from '../../../functions/settlement/orders/act-on-order.ts';
import { readSettledLegs } from '../../../functions/settlement/orders/read-settled-legs.ts';
import { legKey } from '../../../functions/settlement/orders/taken-back.ts';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import type { Settlement } from '../../../functions/settlement/settlements/settlement.ts';
import { findRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { aLeg, anOrder, aSplit, aSubOrder } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { closedRun } from './payouts-support.ts';
import { dueOn, hoursLater, now, refund, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

/** Of orders that are split one by one, each 90 by thirds and due on the 28th; `now` is an hour after its run should have begun. */
describe.each(engines())('a dispute around the run of the day on $kind', (engine) => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
  });
  afterAll(() => own?.close());

  const openMarket = async (marketId: string) => {
    const sums = await SumMarket.open(own, marketId, { aggregate: 'AFTER_SPLIT' });
    await sums.payAndTell('A-1', 90n);
    await sums.payAndTell('A-2', 30n);
    return sums;
  };
  const dispute = async (sums: SumMarket, at: Date) => {
    const { before, after } = await sums.dispute('A-1', at);
    await sums.tell(before, after, at);
  };
  const resolveAndRun = async (sums: SumMarket) => {
    const at = new Date('2025-09-29T02:00:00.000Z');
    const resolved = await sums.change('A-1', (order, facts) => resolveDispute(order, facts, at.toISOString()), at);
    await sums.tell(resolved.before, resolved.after, at);
    return own.run(sums.market.id, 'resolved', '2025-09-29', new Date('2025-09-29T04:00:00.000Z'));
  };

  it('holds what the run has not begun with, however late it is', async () => {
    const sums = await openMarket('mkt_before');
    await dispute(sums, now);
    expect(await own.run('mkt_before', 'run')).toMatchObject({ figures: { paidOut: 30n } });
    expect(await sums.owed()).toEqual([30n, 30n, 30n]);
    expect(await resolveAndRun(sums)).toMatchObject({ figures: { paidOut: 90n } });
    expect(await sums.owed()).toEqual([0n, 0n, 0n]);
  });

  it('holds what is in a day that the run has closed, as long as its merchants are not settled', async () => {
    const sums = await openMarket('mkt_closed');
    const runId = await closedRun(own, sums.market.id);
    await dispute(sums, now);
    await takeTurn(own.runs, tenant, runId, now);
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'ENDED', figures: { paidOut: 30n } });
    expect(await own.settlementOf(sums.ids.van)).toMatchObject({ payout: 10n, carriedOn: 0n });
    expect(await sums.owed()).toEqual([30n, 30n, 30n]);
    expect(await own.run('mkt_closed', 'again')).toMatchObject({ figures: { paidOut: 0n, carriedOn: 0n } });
    expect(await resolveAndRun(sums)).toMatchObject({ figures: { paidOut: 90n } });
    expect([await sums.owed(), await sums.prove()]).toMatchObject([[0n, 0n, 0n], { isBalanced: true }]);
  });

  it('holds nothing that was settled, and all that came after that', async () => {
    const sums = await openMarket('mkt_settled');
    // At 01:00 in Chengdu: by hand, before the run of the day.
    expect(await own.run('mkt_settled', 'by hand', dueOn, hoursLater(-2))).toMatchObject({
      figures: { paidOut: 120n },
    });
    await sums.payAndTell('A-3', 60n);
    await dispute(sums, hoursLater(-1));
    const { before, after } = await sums.dispute('A-3', hoursLater(-1));
    expect(after.disputes[0]?.settledBefore).toBeUndefined();
    await sums.tell(before, after, hoursLater(-1));
    expect(await own.run('mkt_settled', 'daily')).toMatchObject({ figures: { paidOut: 0n, carriedOn: 0n } });
    expect(await sums.owed()).toEqual([20n, 20n, 20n]);
  });

  it('holds what is in a day that is closed before an earlier one of the same run is paid', async () => {
    const sums = await SumMarket.open(own, 'mkt_earlier', { aggregate: 'AFTER_SPLIT' });
    const { potter } = sums.ids;
    // 1.00 of it the potter's, on the 28th, from which a refund takes 0.40; 0.50 are due on the 27th.
    await sums.payAndTell('A-1', 300n);
    await own.lines('mkt_earlier', [
      [potter, '2025-09-27', share(50n, 'A-0')],
      [potter, dueOn, refund(40n)],
    ]);
    await own.owe(sums.market, potter, 10n);
    const runId = await closedRun(own, sums.market.id);
    await dispute(sums, now);
    await takeTurn(own.runs, tenant, runId, now);
    // Without the disputed 1.00 the 28th lacks 0.40: the 27th gives them.
    expect(await own.settlementOf(potter, '2025-09-27')).toMatchObject({ carriedIn: -40n, payout: 10n });
    expect(await own.settlementOf(potter)).toMatchObject({ payout: 0n, carriedOn: 40n, carriedTo: '2025-09-27' });
    expect(await sums.owed()).toEqual([100n, 100n, 100n]);
    expect(await resolveAndRun(sums)).toMatchObject({ figures: { paidOut: 300n } });
    expect(await sums.owed()).toEqual([0n, 0n, 0n]);
  });

  describe('holds what is in a settlement that does not add up, of which nothing is paid', () => {
    /** The van's day has a fen too much in its total; its 0.30 of A-1 are disputed then. */
    const openWrong = async (marketId: string) => {
      const sums = await SumMarket.open(own, marketId, { aggregate: 'AFTER_SPLIT' });
      await sums.payAndTell('A-1', 90n);
      const owner = { kind: 'MERCHANT', id: sums.ids.van } as const;
      const total = { tenant, marketId, date: dueOn, owner, group: groupOf(tenant, owner), sequence: 0 };
      const add = (amount: bigint) => addToTotal(own, total, amount);
      await add(1n);
      expect(await own.run(marketId, 'wrong')).toMatchObject({ figures: { paidOut: 60n, mismatches: 1 } });
      await dispute(sums, hoursLater(1));
      return { sums, wrong: await own.settlementOf(sums.ids.van), mend: () => add(-1n) };
    };
    const retry = async ({ id }: Settlement) => {
      await askForRetry(own.runs, tenant, id, claim(`retry ${id}`), hoursLater(2));
      await payRetried(own.runs, tenant, id, hoursLater(2));
    };
    const endOf = async (sums: SumMarket) => {
      expect(await own.settlementOf(sums.ids.van)).toMatchObject({ state: 'SETTLED', payout: 0n, payouts: [] });
      expect(await sums.owed()).toEqual([0n, 0n, 30n]);
      expect(await resolveAndRun(sums)).toMatchObject({ figures: { paidOut: 30n, carriedOn: 0n } });
      expect([await sums.owed(), await sums.prove()]).toMatchObject([[0n, 0n, 0n], { isBalanced: true }]);
    };

    it('where it is mended and tried again', async () => {
      const { sums, wrong, mend } = await openWrong('mkt_wrong');
      await mend();
      await retry(wrong);
      await endOf(sums);
    });

    it('where another run of its day comes first', async () => {
      const { sums, wrong, mend } = await openWrong('mkt_wrong_again');
      expect(await own.run('mkt_wrong_again', 'again', dueOn, hoursLater(2))).toMatchObject({
        figures: { paidOut: 0n, carriedOn: 0n },
      });
      await mend();
      await retry(wrong);
      await endOf(sums);
    });
  });

  it('is told of an order of twenty sub-orders by one look at the settled day of their merchant', async () => {
    const market = await own.open('mkt_looks', { mer_looks: {} });
    // The order C-\1, twenty times 1.00; of C-\10, whose number begins like it, 2.00 more.
    const numbers = Array.from({ length: 20 }, (_, place) => `${place + 1}`);
    const of = (orderNo: string, subOrderNo: string, amount = 100n) =>
      ['mer_looks', dueOn, share(amount, orderNo, { subOrderNo })] as const;
    await own.lines('mkt_looks', [...numbers.slice(1).map((no) => of('C-\\1', no)), of('C-\\10', '1', 200n)]);
    await own.owe(market, 'mer_looks', 2_100n);
    await own.run('mkt_looks', 'run');
    // The share of the first arrives when the day is closed, and is settled by no run yet.
    await own.lines('mkt_looks', [of('C-\\1', '1')]);
    const subOrders = numbers.map((no) => aSubOrder({ no, splits: [aSplit([aLeg(1, 'mer_looks', '1.00')])] }));
    const order = anOrder({ tenant, no: 'C-\\1', marketId: 'mkt_looks', subOrders });
    const looks: string[] = [];
    const store = {
      ...own.store,
      readOrderLines: async (day: OwnerDay, orderNo: string) => {
        looks.push(`${day.owner.id} ${day.date} ${day.sequence}`);
        return own.store.readOrderLines(day, orderNo);
      },
    };
    const settled = await readSettledLegs(store, order);
    expect([...settled].toSorted()).toEqual(
      numbers
        .slice(1)
        .map((no) => legKey(no, 'PLAN', 1))
        .toSorted(),
    );
    expect(looks).toEqual([`mer_looks ${dueOn} 0`]);
  });
});

async function addToTotal({ client, table }: TestRuns, day: Parameters<typeof journalKeys.total>[0], amount: bigint) {
  await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: toItem(journalKeys.total(day)),
      UpdateExpression: 'ADD #net :amount',
      ExpressionAttributeNames: { '#net': 'net' },
      ExpressionAttributeValues: toItem({ ':amount': amount }),
    }),
  );
}
