import { describe, expect, it } from 'vitest';
import { splitIn } from '../../../../functions/settlement/orders/action-shapes.ts';
import { orderIn } from '../../../../functions/settlement/orders/order-shapes.ts';
import { requireReceivers } from '../../../../functions/settlement/orders/require-receivers.ts';
import { anOrder, facts } from './samples.ts';

const weight = (sequence: number, receiver: string) => ({ sequence, receiver, share: { kind: 'WEIGHT', weight: 1 } });
const feeBearer = { kind: 'MERCHANT' };
/** 1:1:1 over the potter, who sells, and two others. */
const thirds = {
  ...{ base: 'PAID', method: 'RATIO', feeBearer },
  lines: [weight(1, 'mer_teahouse'), weight(2, 'mer_van'), weight(3, 'mer_potter')],
};
const strangers = { ...thirds, lines: thirds.lines.slice(0, 2) };

describe('terms that name who sells', () => {
  const yuan = { amount: '100.00', currency: 'CNY' };
  const order = (terms: object) => ({
    ...{ no: 'A', marketId: 'mkt_chengdu', amount: yuan },
    subOrders: [{ no: '1', merchantId: 'mer_potter', amount: yuan }],
    split: { by: 'PARTICIPANTS', ...terms },
  });

  it('may let that merchant bear the fee, in an order', () => {
    expect(orderIn.safeParse(order(thirds)).success).toBe(true);
    const { error } = orderIn.safeParse(order(strangers));
    expect(error?.issues.map(({ path }) => path)).toEqual([['split', 'feeBearer']]);
  });

  it('and in a split by hand', () => {
    const require = (terms: object) => {
      const request = splitIn.parse({ no: 'S', subOrderNo: '1', terms });
      requireReceivers(request, anOrder(), facts());
    };
    expect(() => require(thirds)).not.toThrow();
    expect(() => require(strangers)).toThrow('leave nothing for the fee');
    const above = { ...thirds, lines: [{ ...weight(1, 'mer_van'), share: { kind: 'RATIO', basisPoints: 10_001 } }] };
    expect(() => require(above)).toThrow('basis points');
  });
});
