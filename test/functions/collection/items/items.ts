import type { BankReport, BankState } from '../../../../functions/collection/gateway/bank-gateway.ts';
import type { CollectionItem, Try } from '../../../../functions/collection/items/item.ts';

export const at = '2026-03-02T02:00:00.000Z';

/** An item of 1,000.00 that waits to be routed. */
export function anItem(...tries: Try[]): CollectionItem {
  return {
    line: 1,
    piece: 1,
    mandateId: 'man_1',
    amount: 100_000n,
    currency: 'CNY',
    dueOn: '2026-03-02',
    acceptedAt: at,
    references: {},
    tries,
  };
}

export function aTry(more: Partial<Try> = {}): Try {
  return {
    orderId: 'o1',
    railId: 'BEPS',
    railKind: 'BEPS',
    amount: 100_000n,
    fee: 1_000n,
    businessDate: '2026-03-02',
    partial: false,
    sequence: 'RCUR',
    state: 'SUBMITTED',
    routedAt: at,
    ...more,
  };
}

export function report(state: BankState, more: Partial<BankReport> = {}): BankReport {
  return { orderId: 'o1', state, at, source: 'test', ...more };
}
