import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../../functions/receivables/receipts/receipt.ts';
import { sameMoneyAs, sameMoneyAsEach } from '../../../../functions/receivables/receipts/same-money.ts';
import { aReceipt } from '../receipt-samples.ts';
import { at } from '../samples.ts';

/** Of each day and amount so many were told by a bank, and one by hand of the first day. */
function toldOf(count: number) {
  const ofBank = Array.from({ length: count }, (_, place) =>
    aReceipt({
      id: `rcp_${String(place).padStart(3, '0')}`,
      paidOn: place % 2 === 0 ? '2026-03-02' : '2026-03-04',
      sources: [{ kind: 'STATEMENT', id: `ent_${place}`, at }],
    }),
  );
  const hand = aReceipt();
  const all = new Map([...ofBank, hand].map((receipt) => [receipt.id, receipt]));
  const looked: string[] = [];
  const store = {
    readReceiptsOfAmount: async (_: string, { toldBy }: { readonly toldBy: 'HAND' | 'OTHERS' }) => {
      looked.push(toldBy);
      const pointed = (toldBy === 'HAND' ? [hand] : ofBank).map(({ id }) => ({ receiptId: id, accountId: 'acc_1' }));
      return { pointed, isCut: false };
    },
    readReceipts: async (_: string, ids: Iterable<string>) =>
      new Map([...ids].flatMap((id): [string, Receipt][] => (all.has(id) ? [[id, all.get(id) ?? hand]] : []))),
  };
  return { store, ofBank, hand, looked };
}

describe('receipts that may be the same money', () => {
  it('are looked for once for all of one amount and day, and found for each of them', async () => {
    const { store, ofBank, hand, looked } = toldOf(120);
    const found = await sameMoneyAsEach(store, [...ofBank, hand]);
    expect(looked.sort()).toEqual(['HAND', 'HAND', 'OTHERS']);
    expect(ofBank.map(({ id }) => found.get(id))).toEqual(ofBank.map(() => [hand.id]));
    // The nearest day first: sixty were paid on the very day.
    expect(found.get(hand.id)?.slice(59, 61)).toEqual(['rcp_118', 'rcp_001']);
    expect(found.get(hand.id)).toEqual(await sameMoneyAs(store, hand));
  });

  it('are not looked for where something of a receipt is used', async () => {
    const { store, ofBank, looked } = toldOf(2);
    const used = ofBank.map((receipt) => ({ ...receipt, refunded: 1n }));
    expect(await sameMoneyAsEach(store, used)).toEqual(new Map());
    expect(looked).toEqual([]);
  });
});
