import { describe, expect, it } from 'vitest';
import { itemsPerTransactionMax } from '../../../../functions/settlement/journal/draft.ts';
import { linesBetween } from '../../../../functions/settlement/journal/lines-between.ts';
import { unpackLine } from '../../../../functions/settlement/journal/pack-lines.ts';
import { daysOf, planBatch } from '../../../../functions/settlement/journal/plan-batch.ts';
import { type Change, type Step, stepsOf } from '../../../../functions/settlement/journal/step.ts';
import type { JournalTransaction } from '../../../../functions/settlement/journal/transaction.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { aLeg, anOrder, aPayment, aRefund, aSplit, aSubOrder, aTake, fen } from './orders.ts';

const name = ['shard-1', '0'];
const nothing = { position: undefined, sequences: new Map<string, number>() };

/** A paid order that is split over so many merchants, of 1.00 each. */
function wide(no: string, receivers: number, prefix = 'mer'): Order {
  const legs = Array.from({ length: receivers }, (_, n) => aLeg(n + 1, `${prefix}_${n}`, '1.00'));
  return anOrder({ no, payments: [aPayment()], subOrders: [aSubOrder({ splits: [aSplit(legs)] })] });
}

function changeOf(at: string, order: Order): Change {
  const entries = linesBetween(undefined, order);
  const { tenant, no: orderNo, marketId } = order;
  return { tenant, orderNo, at, result: { outcome: 'LINES', marketId, entries } };
}

/** All steps of the changes as if there were one group. */
function oneGroup(...changes: Change[]): Step[] {
  const places = new Map<string, number>();
  return stepsOf(changes).map((step) => {
    const place = places.get(step.at) ?? 0;
    places.set(step.at, place + 1);
    return { ...step, place, group: 0 };
  });
}

const itemsOf = ({ days, owners, postings, parked }: JournalTransaction) =>
  [days, postings].reduce((sum, { length }) => sum + length, 1 + 3 * parked.length) +
  owners.reduce((sum, { blocks }) => sum + 1 + blocks.length, 0);
const linesIn = (planned: readonly JournalTransaction[]) =>
  planned.flatMap(({ owners }) =>
    owners.flatMap(({ blocks }) => blocks.flatMap((text) => text.split('\n').map(unpackLine))),
  );

describe('a batch', () => {
  it('is one transaction where it fits: a block and a total for each day, one posting, and the position moved', () => {
    const [planned, ...more] = planBatch(
      name,
      oneGroup(changeOf('7', wide('A-1', 2)), changeOf('9', wide('A-2', 2))),
      nothing,
    );
    expect(more).toEqual([]);
    expect(planned).toMatchObject({ from: undefined, to: { at: '9', done: 3 }, parked: [] });
    expect(planned?.owners.map(({ owner, date, figures }) => [owner.id, date, figures.lines, figures.net])).toEqual([
      ['mkt_chengdu', '2025-09-26', 2n, fen('200.00')],
      ['mer_0', '2025-09-28', 2n, fen('2.00')],
      ['mer_1', '2025-09-28', 2n, fen('2.00')],
    ]);
    expect(planned?.postings.map(({ legs }) => legs)).toEqual([
      [
        { debit: 'channel:WECHAT_PAY', credit: 'supervised', amount: fen('200.00') },
        { debit: 'supervised', credit: 'payable:mer_0', amount: fen('2.00') },
        { debit: 'supervised', credit: 'payable:mer_1', amount: fen('2.00') },
      ],
    ]);
    // The market's own day has no fence: nothing is paid out by it.
    expect(planned?.days).toEqual([
      { tenant: 'demo', marketId: 'mkt_chengdu', date: '2025-09-28', group: 0, sequence: 0 },
    ]);
  });

  it('says what of payments it books by channel and day, in the posting that books it', () => {
    const refund = aRefund('R-1', [aTake('10.00')], { feeBack: fen('0.06'), fundedOn: '2025-09-27' });
    const later = aPayment('40.00', { transactionId: 'T-2', businessDate: '2025-09-27', fee: fen('0.24') });
    const order = anOrder({ payments: [aPayment('60.00', { fee: fen('0.36') }), later], refunds: [refund] });
    const [planned] = planBatch(name, oneGroup(changeOf('7', order)), nothing);
    const ofDay = { channelId: 'WECHAT_PAY', date: '2025-09-26' };
    expect(planned?.postings).toMatchObject([
      {
        legs: [{ debit: 'channel:WECHAT_PAY', credit: 'supervised', amount: fen('99.40') }],
        paid: [
          { ...ofDay, paid: fen('60.00'), refunded: 0n, fees: fen('0.36') },
          { channelId: 'WECHAT_PAY', date: '2025-09-27', paid: fen('40.00'), refunded: 0n, fees: fen('0.24') },
        ],
      },
    ]);
  });

  it('is cut at 90 items, in the middle of a record where it must be, and nothing is left out or doubled', () => {
    const steps = oneGroup(changeOf('7', wide('A-1', 120)), changeOf('9', wide('A-2', 10, 'other')));
    const planned = planBatch(name, steps, nothing);
    expect(planned.map(itemsOf).every((items) => items <= itemsPerTransactionMax)).toBe(true);
    // The first: 1 position, 2 for the market's payment, 1 fence, 2 × 42 for merchants, 2 postings of 43 pairs. The second: 1, 1,
    // 2 × 43 and 2. The third: 1, 1, 2 × 35, 2 for the other payment, 2 × 7 and 2.
    expect(planned.map(({ to }) => [to.at, to.done])).toEqual([
      ['7', 43],
      ['7', 86],
      ['9', 8],
      ['9', 11],
    ]);
    expect(linesIn(planned)).toHaveLength(132);
    for (const [place, { from }] of planned.entries()) expect(from).toEqual(planned[place - 1]?.to);
    for (const { postings } of planned) expect(postings.every(({ legs }) => legs.length <= 40)).toBe(true);
  });

  it('goes on behind the position, whichever of its transactions was the last', () => {
    const steps = oneGroup(changeOf('7', wide('A-1', 120)), changeOf('9', wide('A-2', 10, 'other')));
    const whole = planBatch(name, steps, nothing);
    for (const [place, { to }] of whole.entries()) {
      expect(planBatch(name, steps, { ...nothing, position: to })).toEqual(whole.slice(place + 1));
    }
  });

  it('compares sequence numbers as numbers: 10 is behind 9', () => {
    const steps = oneGroup(changeOf('9', wide('A-1', 1)), changeOf('10', wide('A-2', 1)));
    const planned = planBatch(name, steps, { ...nothing, position: { at: '9', done: 2 } });
    expect(linesIn(planned).map((line) => 'orderNo' in line && line.orderNo)).toEqual(['A-2', 'A-2']);
  });

  it('puts lines of a closed day into the next settlement of the same date', () => {
    const sequences = new Map([['demo#mkt_chengdu#2025-09-28#0', 2]]);
    const [planned] = planBatch(name, oneGroup(changeOf('7', wide('A-1', 1))), { position: undefined, sequences });
    expect(planned?.owners.map(({ date, sequence }) => [date, sequence])).toEqual([
      ['2025-09-26', 0],
      ['2025-09-28', 2],
    ]);
    expect(planned?.days.map(({ sequence }) => sequence)).toEqual([2]);
  });

  it('has blocks of 32 KB at the most, of whole lines', () => {
    const changes = Array.from({ length: 1_000 }, (_, n) => changeOf(String(n + 1), wide(`A-${n}`, 1)));
    const [planned] = planBatch(name, oneGroup(...changes), nothing);
    const blocks = planned?.owners.flatMap((owner) => owner.blocks) ?? [];
    // Of two owners.
    expect(blocks.length).toBeGreaterThan(2);
    expect(Math.max(...blocks.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(32_768);
    expect(linesIn(planned ? [planned] : [])).toHaveLength(2_000);
  });

  it('puts a record aside that cannot be computed, and goes on', () => {
    const parked = { tenant: 'demo', orderNo: 'A-0', shard: 's', at: '7', reason: 'broken', done: 0, since: 'now' };
    const broken: Change = { tenant: 'demo', orderNo: 'A-0', at: '7', result: { outcome: 'PARKED', parked } };
    const [planned] = planBatch(name, oneGroup(broken, changeOf('9', wide('A-1', 1))), nothing);
    expect(planned).toMatchObject({ parked: [parked], to: { at: '9', done: 2 } });
  });

  it('puts no more aside at once than a transaction carries, however large its orders are', () => {
    const image = { kind: 'ORDER', text: 'x'.repeat(390_000), amounts: [1n] };
    const broken = ['7', '8', '9', '10'].map((at): Change => {
      const parked = { tenant: 'demo', orderNo: at, shard: 's', at, reason: 'broken', done: 0, since: 'now' };
      return { tenant: 'demo', orderNo: at, at, result: { outcome: 'PARKED', parked: { ...parked, after: image } } };
    });
    const planned = planBatch(name, oneGroup(...broken, changeOf('11', wide('A-1', 1))), nothing);
    expect(planned.map(({ parked, to }) => [parked.length, to.at])).toEqual([
      [2, '8'],
      [2, '11'],
    ]);
  });

  it('asks for each day of a market once, and for none of the market’s own', () => {
    const steps = oneGroup(changeOf('7', wide('A-1', 5)), changeOf('9', wide('A-2', 5)));
    expect(daysOf(steps).map(({ date }) => date)).toEqual(['2025-09-28']);
  });
});
