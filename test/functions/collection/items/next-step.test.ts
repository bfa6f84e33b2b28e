import { describe, expect, it } from 'vitest';
import { type CollectionItem, itemState, moneyOf } from '../../../../functions/collection/items/item.ts';
import { nextStep } from '../../../../functions/collection/items/next-step.ts';
import type { RetryPolicy } from '../../../../functions/collection/retries/retry-policy.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';
import { anItem, aTry } from './items.ts';

const twice: RetryPolicy = { when: 'SET_DAYS', days: [1, 3], time: '10:00', partial: true };
const never: RetryPolicy = { when: 'NEVER' };
/** 10:00 in Shanghai. */
const on = (date: string) => new Date(`${date}T10:00:00+08:00`);
const monday = '2026-03-02';

function step(item: CollectionItem, policy: RetryPolicy = twice, now = on(monday)) {
  return nextStep(item, policy, chinaStateCouncil, now);
}

const declined = (orderId: string, more: object = {}) =>
  aTry({ orderId, state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS', endedAt: on(monday).toISOString(), ...more });

describe('the next step of a collection', () => {
  it('is to route it, when it is new', () => {
    expect(step(anItem())).toEqual({
      step: 'ROUTE',
      amount: 100_000n,
      partial: false,
      tried: [],
      since: new Date('2026-03-01T16:00:00Z'),
    });
  });

  it.each(['ROUTED', 'SUBMITTED', 'UNKNOWN', 'PROCESSING'] as const)(
    'is to wait for the bank while a try is %s',
    (state) => {
      expect(step(anItem(aTry({ state })))).toEqual({ step: 'WAIT_FOR_BANK', orderId: 'o1' });
    },
  );

  it('is another rail where this one did not carry it, never one that it was on', () => {
    const tries = [aTry({ state: 'NEVER_LEFT' }), aTry({ orderId: 'o2', railId: 'IBPS', state: 'REFUSED' })];
    expect(step(anItem(...tries), never)).toEqual({
      step: 'ROUTE',
      amount: 100_000n,
      partial: false,
      tried: ['BEPS', 'IBPS'],
      since: on(monday),
    });
  });

  it('is to wait for the day agreed, then to route it anew over any rail', () => {
    const item = anItem(declined('o1'));
    expect(step(item)).toEqual({ step: 'WAIT_UNTIL', at: on('2026-03-03'), partial: true });
    expect(step(item, twice, on('2026-03-03'))).toEqual({
      step: 'ROUTE',
      amount: 100_000n,
      partial: true,
      tried: [],
      since: on('2026-03-03'),
    });
  });

  it('is to fail it once the retries are used up, or none are agreed', () => {
    const thrice = anItem(declined('o1'), declined('o2'), declined('o3'));
    expect(step(thrice, twice, on('2026-03-20'))).toEqual({ step: 'FAIL', reason: 'INSUFFICIENT_FUNDS' });
    expect(step(anItem(declined('o1')), never)).toEqual({ step: 'FAIL', reason: 'INSUFFICIENT_FUNDS' });
  });

  it('is to fail it at once for a reason that stays, whatever was agreed', () => {
    expect(step(anItem(declined('o1', { reason: 'ACCOUNT_CLOSED' })))).toEqual({
      step: 'FAIL',
      reason: 'ACCOUNT_CLOSED',
    });
  });

  it('counts a failover within one try for its money as one', () => {
    const tries = [aTry({ state: 'NEVER_LEFT' }), declined('o2', { railId: 'IBPS' })];
    expect(step(anItem(...tries))).toEqual({ step: 'WAIT_UNTIL', at: on('2026-03-03'), partial: true });
  });

  it('is to fail the rest where less came of what was asked for as a whole: the bank may have taken all of it', () => {
    const short = { settled: 60_000n, endedAt: on(monday).toISOString() };
    const fail = { step: 'FAIL', reason: 'SETTLED_SHORT' };
    expect(step(anItem(aTry({ state: 'SETTLED', ...short })), twice, on('2026-03-03'))).toEqual(fail);
    const back = { returned: 60_000n, reason: 'INSUFFICIENT_FUNDS' } as const;
    expect(step(anItem(aTry({ state: 'RETURNED', ...short, ...back })), twice, on('2026-03-03'))).toEqual(fail);
  });

  it('counts a part that came and went back as asked for, too', () => {
    const back = aTry({
      ...{ state: 'RETURNED', partial: true, settled: 60_000n, returned: 60_000n, reason: 'INSUFFICIENT_FUNDS' },
      endedAt: on(monday).toISOString(),
    });
    const item = anItem(declined('o1'), declined('o2'), { ...back, orderId: 'o3', amount: 100_000n });
    expect(step(item, twice, on('2026-03-20'))).toEqual({ step: 'FAIL', reason: 'INSUFFICIENT_FUNDS' });
  });

  it('is to try the rest of which the bank was to take a part and did, by the same policy', () => {
    const part = aTry({ state: 'SETTLED', partial: true, settled: 60_000n, endedAt: on(monday).toISOString() });
    expect(step(anItem(part), twice, on('2026-03-03'))).toEqual({
      step: 'ROUTE',
      amount: 40_000n,
      partial: true,
      tried: [],
      since: on('2026-03-03'),
    });
    expect(step(anItem(part), never)).toEqual({ step: 'FAIL', reason: 'INSUFFICIENT_FUNDS' });
  });

  it('is to fail what failed and was told to have come since: the payer is not asked twice', () => {
    const told = { orderId: 'o1', amount: 100_000n, at: on(monday).toISOString(), source: 'file' } as const;
    const item = (state: 'SETTLED' | 'RETURNED') => ({ ...anItem(declined('o1')), contradicted: [{ ...told, state }] });
    expect(step(item('SETTLED'), twice, on('2026-03-03'))).toEqual({ step: 'FAIL', reason: 'CONTRADICTED' });
    expect(step(item('RETURNED'), twice, on('2026-03-03'))).toMatchObject({ step: 'ROUTE' });
  });

  it('is nothing once it is settled, returned, failed or cancelled', () => {
    const settled = aTry({ state: 'SETTLED', settled: 100_000n });
    const returned = aTry({ state: 'RETURNED', settled: 100_000n, returned: 100_000n });
    expect([step(anItem(settled)), step(anItem(returned))]).toEqual([{ step: 'NONE' }, { step: 'NONE' }]);
    const ended = { state: 'CANCELLED', reason: 'CANCELLED', at: on(monday).toISOString() } as const;
    const cancelled = { ...anItem(), ended };
    expect(step(cancelled)).toEqual({ step: 'NONE' });
    expect([itemState(cancelled), moneyOf(cancelled).cancelled]).toEqual(['CANCELLED', 100_000n]);
  });

  it('of a part that came and a rest that failed shows as settled, with both sums', () => {
    const part = aTry({ state: 'SETTLED', settled: 60_000n });
    const ended = { state: 'FAILED', reason: 'INSUFFICIENT_FUNDS', at: on(monday).toISOString() } as const;
    const item = { ...anItem(part), ended };
    expect([itemState(item), moneyOf(item).settled, moneyOf(item).failed]).toEqual(['SETTLED', 60_000n, 40_000n]);
  });
});
