import { describe, expect, it } from 'vitest';
import {
  confirmReceipt,
  landSubsidies,
  openDispute,
  resolveDispute,
  unfreezeRest,
} from '../../../../functions/settlement/orders/act-on-order.ts';
import { endWaiting } from '../../../../functions/settlement/orders/carry-out-plan.ts';
import { acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import { type AskedSplit, splitByHand } from '../../../../functions/settlement/orders/manual-split.ts';
import type { Order, SubOrder, ToldPayment } from '../../../../functions/settlement/orders/order.ts';
import { presentOrder } from '../../../../functions/settlement/orders/present-order.ts';
import type { ReadFacts } from '../../../../functions/settlement/orders/read-plan-facts.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import type { SplitTerms } from '../../../../functions/settlement/splits/split-rule.ts';
import { aMerchant, aVersion } from '../samples.ts';
import { anOrder, aSubOrder, aTold, facts, paidAt } from './samples.ts';

function paid(subOrders: readonly SubOrder[], about: ReadFacts = facts(), told: ToldPayment = aTold()): Order {
  const result = takePayment(anOrder({ subOrders }), told, about, told.paidAt);
  if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
  return result.order;
}
const splitsOf = (order: Order, place = 0) => order.subOrders[place]?.splits ?? [];
const legsOf = (order: Order, place = 0) =>
  splitsOf(order, place).flatMap(({ legs }) => legs.map(({ receiver, amount, dueOn }) => [receiver, amount, dueOn]));
const onConfirmation = { clearing: { ...aVersion().clearing, from: 'CONFIRMATION' as const } };
const suspended = (about: ReadFacts) => ({
  ...about,
  merchants: new Map([...about.merchants, ['mer_teahouse', aMerchant({ id: 'mer_teahouse', state: 'SUSPENDED' })]]),
});
const manual = aSubOrder({ plan: { by: 'MANUAL', lifetimeCapBasisPoints: 3_000n } });
const later = '2025-09-27T02:00:00.000Z';

describe('plans of an order', () => {
  it.each([
    ['2025-09-30T02:00:00.000Z', '2025-09-30', '2025-10-09'],
    ['2025-09-26T02:00:00.000Z', '2025-09-26', '2025-09-28'],
  ])('T+1 of what is paid at %s (%s) is %s', (instant, businessDate, due) => {
    const order = paid([aSubOrder()], facts(), aTold({ paidAt: instant, businessDate }));
    expect(order.subOrders[0]?.plan).toEqual({ by: 'RULE', ruleId: 'rule_1', version: 1 });
    expect(legsOf(order)).toEqual([
      ['mer_teahouse', 500n, due],
      ['mer_potter', 9_440n, due],
    ]);
    expect(order.subOrders[0]?.waitsUntil).toBeUndefined();
  });

  it('are due on the clearing date that the order was sent with, and after 100 days where nobody is named', () => {
    expect(legsOf(paid([aSubOrder({ expectedOn: '2025-10-10' })]))[0]?.[2]).toBe('2025-10-10');
    // 2025-09-26 and 100 days: 4 of September, 31, 30, 31, and 4 of January.
    expect(legsOf(paid([aSubOrder({ plan: { by: 'MERCHANT' } })]))).toEqual([['mer_potter', 9_940n, '2026-01-04']]);
  });

  it('wait for the confirmation of the goods where they count from it, until the channel’s last day', () => {
    const about = facts({}, onConfirmation);
    const waiting = paid([aSubOrder()], about);
    expect([splitsOf(waiting), waiting.subOrders[0]?.waitsUntil]).toEqual([[], '2025-10-26']);
    const confirmed = confirmReceipt(waiting, undefined, about, later);
    expect(legsOf(confirmed)).toEqual([
      ['mer_teahouse', 500n, '2025-09-28'],
      ['mer_potter', 9_440n, '2025-09-28'],
    ]);
    expect(confirmReceipt(confirmed, ['1'], about, '2025-09-29T02:00:00.000Z')).toEqual(confirmed);
    const ended = endWaiting(waiting, '1', about, '2025-10-26T02:00:00.000Z');
    expect(legsOf(ended)).toEqual([
      ['mer_teahouse', 500n, '2025-10-27'],
      ['mer_potter', 9_440n, '2025-10-27'],
    ]);
    expect(endWaiting(confirmed, '1', about, later)).toEqual(confirmed);
    expect(() => confirmReceipt(anOrder(), undefined, about, later)).toThrow('100.00 CNY of it are not paid.');
    expect(() => confirmReceipt(waiting, ['9'], about, later)).toThrow('has no sub-order 9');
  });

  it('are not carried out where a receiver is suspended and it is all or nothing, and tried again', () => {
    const stuck = paid([aSubOrder()], suspended(facts()));
    expect([splitsOf(stuck), stuck.subOrders[0]?.notSplit]).toEqual([[], 'RECEIVER_SUSPENDED']);
    expect(legsOf(confirmReceipt(stuck, undefined, facts(), later)).length).toBe(2);
    const ended = endWaiting(stuck, '1', suspended(facts()), '2025-10-26T02:00:00.000Z');
    expect(legsOf(ended)).toEqual([['mer_potter', 9_940n, '2025-10-27']]);
  });

  it('give a suspended receiver’s share to the merchant where the others are to stand', () => {
    const about = suspended(facts({}, { failureMode: 'PARTIAL' }));
    const order = paid([aSubOrder()], about);
    expect(legsOf(order)).toEqual([
      ['mer_potter', 500n, '2025-09-28'],
      ['mer_potter', 9_440n, '2025-09-28'],
    ]);
    const shown = presentOrder(order, about.rules, paidAt).subOrders[0]?.splits[0]?.legs;
    expect(shown?.map(({ explanation }) => explanation.includes('its receiver was suspended'))).toEqual([true, false]);
  });

  it('count what falls back to the merchant against no cap', () => {
    const lines = [
      { sequence: 1, receiver: 'mer_van', share: { kind: 'RATIO' as const, basisPoints: 2_500n } },
      { sequence: 2, receiver: 'mer_teahouse', share: { kind: 'RATIO' as const, basisPoints: 1_500n } },
      { sequence: 3, share: { kind: 'REMAINDER' as const } },
    ];
    const version = { lines, lifetimeCapBasisPoints: 3_000n, failureMode: 'PARTIAL' as const };
    // 40 % are above the cap; without the teahouse's 15 % they are not.
    expect(paid([aSubOrder()], facts({}, version)).subOrders[0]?.notSplit).toBe('LIFETIME_CAP');
    expect(legsOf(paid([aSubOrder()], suspended(facts({}, version)))).map(([who, amount]) => [who, amount])).toEqual([
      ['mer_van', 2_500n],
      ['mer_potter', 1_500n],
      ['mer_potter', 5_940n],
    ]);
  });

  it('that are over beyond the calendar are tried again every day', () => {
    const told = aTold({ paidAt: '2026-12-01T02:00:00.000Z', businessDate: '2026-12-01' });
    const waiting = paid([aSubOrder({ plan: { by: 'MANUAL' } })], facts(), told);
    expect(waiting.subOrders[0]?.waitsUntil).toBe('2026-12-31');
    const over = endWaiting(waiting, '1', facts(), '2026-12-31T02:00:00.000Z');
    expect(over.subOrders[0]).toMatchObject({
      ...{ splits: [], notSplit: 'CALENDAR_NOT_PUBLISHED', waitsUntil: '2027-01-01' },
    });
  });

  it('wait where no calendar has the day on which they would be due: nobody else gets what is theirs', () => {
    // The calendar begins with 2024: nobody knows what one working day behind this one was.
    const told = aTold({ paidAt: '2023-09-28T02:00:00.000Z', businessDate: '2023-09-28' });
    const waiting = paid([aSubOrder()], facts({}, { effectiveFrom: '2023-01-01' }), told);
    const over = endWaiting(waiting, '1', facts({}, { effectiveFrom: '2023-01-01' }), '2025-09-26T02:00:00.000Z');
    expect(over.subOrders[0]).toMatchObject({
      ...{ splits: [], notSplit: 'CALENDAR_NOT_PUBLISHED', waitsUntil: '2025-09-27' },
    });
  });

  it('say why they cannot be carried out', () => {
    const reason = (order: Order) => order.subOrders[0]?.notSplit;
    expect(reason(paid([aSubOrder()], facts({}, { effectiveFrom: '2025-10-01' })))).toBe('RULE_NOT_IN_FORCE');
    expect(reason(paid([aSubOrder()], facts({}, { lifetimeCapBasisPoints: 499n })))).toBe('LIFETIME_CAP');
    expect(reason(paid([aSubOrder({ expectedOn: '2027-03-01' })]))).toBe('CALENDAR_NOT_PUBLISHED');
  });

  it('count what others get over all sub-orders against the cap, and share the fee by what was paid', () => {
    const subOrders = [aSubOrder(), aSubOrder({ no: '2', amount: 5_000n })];
    const told = aTold({ amount: 15_000n, fee: 91n });
    // 5 % of 150.00 are 7.50: exactly the cap.
    const order = paid(subOrders, facts({}, { lifetimeCapBasisPoints: 500n }), told);
    expect([legsOf(order, 0), legsOf(order, 1)]).toEqual([
      [
        ['mer_teahouse', 500n, '2025-09-28'],
        ['mer_potter', 9_439n, '2025-09-28'],
      ],
      [
        ['mer_teahouse', 250n, '2025-09-28'],
        ['mer_potter', 4_720n, '2025-09-28'],
      ],
    ]);
    const tight = paid(subOrders, facts({}, { lifetimeCapBasisPoints: 499n }), told);
    expect([splitsOf(tight, 0).length, tight.subOrders[1]?.notSplit]).toEqual([1, 'LIFETIME_CAP']);
  });

  it('are split when subsidies have landed, counted from the payment', () => {
    const coupons = [{ id: 'C', amount: 1_000n, funders: [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }] }];
    const waiting = paid([aSubOrder({ coupons })], facts(), aTold({ amount: 9_000n }));
    const landed = landSubsidies(waiting, facts(), later);
    if (landed === 'ENDED') throw new Error(landed);
    // 5 % of the 90.00 that were paid.
    expect(legsOf(landed)).toEqual([
      ['mer_teahouse', 450n, '2025-09-28'],
      ['mer_potter', 9_490n, '2025-09-28'],
    ]);
    expect(landSubsidies(anOrder({ subOrders: [aSubOrder({ coupons })] }), facts(), later)).toBe('ENDED');
  });
});

describe('what ratios are of', () => {
  const coupons = (kind: 'PLATFORM' | 'MERCHANT') => [
    { id: 'C', amount: 1_000n, funders: [{ kind, basisPoints: 10_000n }], landedAt: paidAt },
  ];
  const told = aTold({ amount: 9_000n, fee: 54n });
  const amounts = (order: Order) => legsOf(order).map(([, amount]) => amount);

  it.each([
    // 5 % of 100.00 ordered, of 90.00 paid, and of 89.46.
    ['ORDER', 'PLATFORM', [500n, 9_446n]],
    ['PAID', 'PLATFORM', [450n, 9_496n]],
    ['NET_OF_FEE', 'PLATFORM', [447n, 9_499n]],
    ['ORDER', 'MERCHANT', [500n, 8_446n]],
    ['PAID', 'MERCHANT', [450n, 8_496n]],
  ] as const)('is by the base %s of an order with a coupon of %s', (base, kind, legs) => {
    expect(amounts(paid([aSubOrder({ coupons: coupons(kind) })], facts({}, { base }), told))).toEqual(legs);
  });

  it('is less what was refunded before the split', () => {
    const about = facts({}, { base: 'ORDER', ...onConfirmation });
    const waiting = paid([aSubOrder({ coupons: coupons('PLATFORM') })], about, told);
    const asked = { no: 'R', of: { kind: 'ORDER' as const, amount: 5_000n }, policy: { kind: 'PRO_RATA' as const } };
    const half = acceptRefund(waiting, { ...asked, fingerprint: 'r' }, about, later);
    // 5 % of 50.00; 0.27 of the fee are left.
    expect(amounts(confirmReceipt(half, undefined, about, later))).toEqual([250n, 4_723n]);
  });
});

describe('a dispute', () => {
  it('is opened once, and another reason is refused as long as it stands', () => {
    const disputed = openDispute(paid([aSubOrder()]), '未收到货', facts(), paidAt);
    expect(openDispute(disputed, '未收到货', facts(), later)).toBe(disputed);
    expect(() => openDispute(disputed, '货不对版', facts(), later)).toThrow('未收到货');
  });

  it('that is resolved on a day off releases on the next working day', () => {
    const disputed = openDispute(paid([aSubOrder()]), '未收到货', facts(), paidAt);
    // The holidays of 2025 are over on 2025-10-09.
    const over = resolveDispute(disputed, facts(), '2025-10-03T02:00:00.000Z');
    expect(over.disputes[0]).toMatchObject({ resolvedAt: '2025-10-03T02:00:00.000Z', resolvedOn: '2025-10-09' });
    expect(resolveDispute(disputed, facts(), '2027-03-01T02:00:00.000Z').disputes[0]?.resolvedOn).toBe('2027-03-01');
  });
});

describe('splitting by hand', () => {
  const ask = (no: string, amount: bigint, more: Partial<AskedSplit> = {}): AskedSplit => {
    const lines = [{ sequence: 1, receiver: 'mer_teahouse', share: { kind: 'FIXED' as const, amount } }];
    const terms: SplitTerms = { base: 'PAID', method: 'FIXED', lines };
    const mode = { failureMode: 'ALL_OR_NOTHING' as const, isByAmounts: true };
    return { no, subOrderNo: '1', terms, amount, ...mode, fingerprint: `${no} ${amount}`, ...more };
  };

  it('gives exactly what is asked for, once per number, due on the next working day', () => {
    const order = splitByHand(paid([manual]), ask('S-1', 2_000n), facts(), later);
    expect(legsOf(order)).toEqual([['mer_teahouse', 2_000n, '2025-09-28']]);
    expect(splitByHand(order, ask('S-1', 2_000n), facts(), later)).toBe(order);
    expect(() => splitByHand(order, ask('S-1', 1_000n), facts(), later)).toThrow('with other content');
  });

  it('holds the cap over the order’s life: exactly the cap is allowed, a minor unit more is not', () => {
    const once = splitByHand(paid([manual]), ask('S-1', 2_000n), facts(), later);
    expect(() => splitByHand(once, ask('S-2', 1_001n), facts(), later)).toThrow('may get 10.00 CNY more');
    expect(legsOf(splitByHand(once, ask('S-2', 1_000n), facts(), later)).length).toBe(2);
  });

  it('is refused before the payment, above what is not split, for plans, and after the last day', () => {
    expect(() => splitByHand(anOrder({ subOrders: [manual] }), ask('S', 1n), facts(), later)).toThrow('are not paid');
    const open = aSubOrder({ plan: { by: 'MANUAL' } });
    expect(() => splitByHand(paid([open]), ask('S', 9_941n), facts(), later)).toThrow('99.40 CNY of it are not split');
    const waiting = paid([aSubOrder()], facts({}, onConfirmation));
    expect(() => splitByHand(waiting, ask('S', 1n), facts(), later)).toThrow('waits for its plan');
    expect(() => splitByHand(paid([open]), ask('S', 1n), facts(), '2025-10-27T02:00:00.000Z')).toThrow('2025-10-26');
    expect(() => splitByHand(paid([open]), ask('S', 1n), suspended(facts()), later)).toThrow('is suspended');
    const partial = ask('S', 1n, { failureMode: 'PARTIAL' });
    expect(legsOf(splitByHand(paid([open]), partial, suspended(facts()), later))[0]?.[0]).toBe('mer_potter');
  });

  it('counts no suspended receiver against the cap where its share goes to the merchant', () => {
    const partial = ask('S-1', 4_000n, { failureMode: 'PARTIAL' });
    expect(legsOf(splitByHand(paid([manual]), partial, suspended(facts()), later))[0]?.slice(0, 2)).toEqual([
      ...['mer_potter', 4_000n],
    ]);
    expect(() => splitByHand(paid([manual]), partial, facts(), later)).toThrow('may get 30.00 CNY more');
  });

  it('is not unfrozen as if it were where no calendar reaches the day', () => {
    const told = aTold({ paidAt: '2026-12-01T02:00:00.000Z', businessDate: '2026-12-01' });
    const open = paid([aSubOrder({ plan: { by: 'MANUAL' } })], facts(), told);
    expect(() => unfreezeRest(open, undefined, facts(), '2026-12-31T02:00:00.000Z')).toThrow('calendar does not reach');
  });

  it('leaves the rest to be unfrozen to the merchant, who bears the fee', () => {
    const once = splitByHand(paid([manual]), ask('S-1', 2_000n), facts(), later);
    const done = unfreezeRest(once, undefined, facts(), later);
    expect(splitsOf(done)[1]).toMatchObject({ no: 'REST', legs: [{ amount: 7_940n, fee: 60n, base: 8_000n }] });
    expect(unfreezeRest(done, undefined, facts(), later)).toEqual(done);
    expect(() => unfreezeRest(paid([aSubOrder()], facts({}, onConfirmation)), undefined, facts(), paidAt)).toThrow(
      'waits for its plan',
    );
  });
});
