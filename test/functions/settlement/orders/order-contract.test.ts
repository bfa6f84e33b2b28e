import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../../functions/settlement/api.ts';
import { setLogSink } from '../../../../shared/http/log.ts';
import { call } from '../../../shared/http/tiny-service.ts';

beforeAll(() => setLogSink(() => {}));

interface Refused {
  readonly errors: readonly { readonly pointer?: string; readonly parameter?: string }[];
}
const placesOf = ({ errors }: Refused) => errors.map(({ pointer, parameter }) => pointer ?? parameter).sort();

const operator = { tenant: 'demo', role: 'operator', client: 'operator' };
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const subOrder = { no: '1', merchantId: 'mer_a', amount: yuan('100.00') };
const order = { no: 'A', marketId: 'mkt_a', amount: yuan('100.00'), subOrders: [subOrder] };
const two = [subOrder, { ...subOrder, no: '2', amount: yuan('50.00') }];
const ratio = (sequence: number, receiver: string, basisPoints: number) => ({
  ...{ sequence, receiver },
  share: { kind: 'RATIO', basisPoints },
});
const remainder = (sequence: number) => ({ sequence, receiver: `mer_${sequence}`, share: { kind: 'REMAINDER' } });
const participants = (...lines: object[]) => ({ by: 'PARTICIPANTS', base: 'PAID', method: 'RATIO', lines });
const split = { no: 'S', subOrderNo: '1' };
const receiver = { merchantId: 'mer_b', amount: yuan('1.00') };
const refund = { no: 'R', amount: yuan('1.00') };
const orders = '/v1/orders';
const splits = '/v1/orders/{no}/splits';
const refunds = '/v1/orders/{no}/refunds';
const payments = '/v1/orders/{no}/payments';
const payment = { channelId: 'a', transactionId: 'T', amount: yuan('1.00'), paidAt: '2025-09-26T10:00:00+08:00' };

/** Requests that are refused before anything is read: what is wrong, and where that is told. */
const cases: [string, string, unknown, string[]][] = [
  ['sub-orders that do not add up', orders, { ...order, amount: yuan('99.99') }, ['/amount']],
  [
    'participants with several sub-orders',
    orders,
    { ...order, amount: yuan('150.00'), subOrders: two, split: participants(ratio(1, 'mer_b', 100)) },
    ['/split'],
  ],
  [
    'ratios above 100 %',
    orders,
    { ...order, split: participants(ratio(1, 'mer_b', 6_000), ratio(2, 'mer_c', 4_001)) },
    ['/split/lines'],
  ],
  [
    'a line of who sells beside one that names nobody',
    orders,
    {
      ...order,
      split: participants(ratio(1, 'mer_a', 100), { sequence: 2, share: { kind: 'RATIO', basisPoints: 200 } }),
    },
    ['/split/lines/1/receiver'],
  ],
  [
    'two remainders',
    orders,
    { ...order, split: participants(ratio(1, 'mer_b', 100), remainder(2), remainder(3)) },
    ['/split/lines/2/share/kind'],
  ],
  [
    'add-on items above the sub-order',
    orders,
    { ...order, subOrders: [{ ...subOrder, addOns: [{ id: 'P', name: 'P', type: 'P', amount: yuan('100.01') }] }] },
    ['/subOrders/0/addOns'],
  ],
  [
    'two sub-orders of one number',
    orders,
    { ...order, amount: yuan('200.00'), subOrders: [subOrder, subOrder] },
    ['/subOrders/1/no'],
  ],
  ['an order without sub-orders', orders, { ...order, subOrders: [] }, ['/amount', '/subOrders']],
  ['a number with blanks', orders, { ...order, no: 'A 1' }, ['/no']],
  ['a number that is no part of an address', orders, { ...order, no: '..' }, ['/no']],
  ['an unknown field', orders, { ...order, more: 1 }, ['/more']],
  ['an empty batch', '/v1/orders/batch', { orders: [] }, ['/orders']],
  ['a batch of 1,001 orders', '/v1/orders/batch', { orders: Array.from({ length: 1_001 }, () => order) }, ['/orders']],
  ['a payment of nothing', payments, { ...payment, amount: yuan('0.00') }, ['/amount/amount']],
  ['a fee in another currency', payments, { ...payment, fee: { amount: '1.00', currency: 'USD' } }, ['/fee/currency']],
  ['a split of nobody', splits, split, ['/receivers']],
  ['a split by a number of ours', splits, { ...split, no: 'REST', receivers: [receiver] }, ['/no']],
  ['a receiver that stands twice', splits, { ...split, receivers: [receiver, receiver] }, ['/receivers/1/merchantId']],
  ['a refund of nothing', refunds, { no: 'R' }, ['/amount']],
  ['a refund of two things', refunds, { ...refund, beyond: yuan('1.00') }, ['/amount']],
  ['explicit amounts that are missing', refunds, { ...refund, policy: 'EXPLICIT' }, ['/amounts']],
  ['a result that no channel has', '/v1/orders/{no}/refunds/{refundNo}/result', { result: 'DONE' }, ['/result']],
];

describe('orders refuse', () => {
  it.each(cases)('%s', async (_, resource, body, places) => {
    const path = {
      ...(resource.includes('{no}') && { no: 'A' }),
      ...(resource.includes('{refundNo}') && { refundNo: 'R' }),
    };
    const { status, body: answer } = await call(handler, {
      ...{ method: 'POST', resource, body, path },
      claims: operator,
    });
    expect(status, JSON.stringify(answer)).toBe(400);
    expect(placesOf(answer as unknown as Refused)).toEqual(places);
  });

  const negative = 'A negative amount is refused; send an amount above zero.';
  const zero = 'An amount of zero is refused; send an amount above zero.';
  it.each([
    ['a payment of a negative amount', payments, { ...payment, amount: yuan('-1.00') }, negative],
    ['a payment of nothing', payments, { ...payment, amount: yuan('0.00') }, zero],
    ['a refund of a negative amount', refunds, { no: 'R', amount: yuan('-1.00') }, negative],
    ['a refund of nothing', refunds, { no: 'R', amount: yuan('0.00') }, zero],
  ])('%s with words of its own, not of accounts', async (_, resource, body, detail) => {
    const asked = { method: 'POST', resource, body, path: { no: 'A' } };
    const { body: answer } = await call(handler, { ...asked, claims: operator });
    expect(answer).toMatchObject({ errors: [{ pointer: '/amount/amount', detail }] });
  });

  it.each([
    ['99.99', 'The sub-orders are above the order’s amount by 0.01 CNY; send amounts that add up.'],
    ['101.50', 'The sub-orders are below the order’s amount by 1.50 CNY; send amounts that add up.'],
  ])('sub-orders of 100.00 to an order of %s, and say by how much', async (amount, detail) => {
    const asked = { method: 'POST', resource: orders, body: { ...order, amount: yuan(amount) } };
    const { body: answer } = await call(handler, { ...asked, claims: operator });
    expect(answer).toMatchObject({ errors: [{ pointer: '/amount', detail }] });
  });
});
