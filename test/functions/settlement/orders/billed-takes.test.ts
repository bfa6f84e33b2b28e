import { describe, expect, it } from 'vitest';
import { billedTakes, withBilled } from '../../../../functions/settlement/orders/booking/billed-takes.ts';
import { aLeg, anOrder, aPayment, aRefund, aSplit, aSubOrder, aTake, fen } from '../journal/orders.ts';

const today = '2025-10-09';
const farm = 'mer_farm';
/** Of 100.00 the farm was paid 60.00 on the 28th of September; 40.00 are due on the 10th of October. */
const legs = [aLeg(1, farm, '60.00'), aLeg(2, farm, '40.00', { dueOn: '2025-10-10' })];
const order = anOrder({ payments: [aPayment()], subOrders: [aSubOrder({ splits: [aSplit(legs)] })] });
const paid = (amount: string) => aTake(amount, 1, farm);
const due = (amount: string) => aTake(amount, 2, farm);
const free = (yuan: string) => new Map([[farm, fen(yuan)]]);
const billedOf = (takes: Parameters<typeof aRefund>[1], there: ReadonlyMap<string, bigint>) =>
  billedTakes(order, aRefund('R', takes), there, today).map(({ place, amount }) => [place, amount]);

describe('what the market gives of a refund for a merchant that it bills', () => {
  it('is what the merchant lacks, and nothing where it has enough', () => {
    expect(billedOf([paid('60.00')], free('0.00'))).toEqual([[0, fen('60.00')]]);
    expect(billedOf([paid('60.00')], free('25.00'))).toEqual([[0, fen('35.00')]]);
    expect(billedOf([paid('60.00')], free('60.00'))).toEqual([]);
    // Below zero it has nothing, and no more than the refund is given.
    expect(billedOf([paid('60.00')], free('-5.00'))).toEqual([[0, fen('60.00')]]);
  });

  it('is of the first takes first, those of a fee too', () => {
    const takes = [aTake('10.00'), paid('20.00'), aTake('0.60', undefined, farm, { isFee: true })];
    expect(billedOf(takes, free('0.50'))).toEqual([
      [1, fen('20.00')],
      [2, fen('0.10')],
    ]);
  });

  it('is nothing of a share that is due later: its money is there once earlier days are settled', () => {
    expect(billedOf([due('40.00')], free('0.00'))).toEqual([]);
    // 40.00 of what is due stand in the account, so the 60.00 that were paid are what lacks.
    expect(billedOf([paid('60.00'), due('40.00')], free('40.00'))).toEqual([[0, fen('60.00')]]);
    // An earlier day is 10.00 below zero: nothing, until that is settled.
    expect(billedOf([paid('60.00'), due('40.00')], free('30.00'))).toEqual([]);
  });

  it('is nothing for merchants whose rule is another, whatever they lack', () => {
    const takes = [paid('10.00'), aTake('20.00', undefined, 'mer_van')];
    expect(billedOf(takes, free('0.00'))).toEqual([[0, fen('10.00')]]);
    expect(billedOf(takes, new Map())).toEqual([]);
  });

  it('is noted on what was taken', () => {
    const refund = aRefund('R', [aTake('10.00'), paid('20.00')]);
    expect(withBilled(refund, [{ place: 1, amount: fen('7.00') }]).takes).toEqual([
      aTake('10.00'),
      aTake('20.00', 1, farm, { billed: fen('7.00') }),
    ]);
    expect(withBilled(refund, [])).toBe(refund);
  });
});
