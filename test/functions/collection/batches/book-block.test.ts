import { describe, expect, it } from 'vitest';
import {
  dueBookings,
  feeOrder,
  holdEnding,
  holdOrder,
  movementOrder,
  triesOf,
} from '../../../../functions/collection/batches/book-block.ts';
import type { Try } from '../../../../functions/collection/items/item.ts';
import { anItem, aTry, at } from '../items/items.ts';
import { aBatch } from './samples.ts';

const batch = aBatch();
const now = new Date('2026-03-03T00:00:00.000Z');
const held = { held: true } as const;
const over = { held: true, ended: true } as const;

/** What is due of one item with these tries, by the numbers of the tries. */
function due(...tries: Try[]) {
  const { holds, endings, returns, fees } = dueBookings({ items: [anItem(...tries)] }, now);
  const ids = (some: typeof holds) => some.map(({ one }) => one.orderId);
  return {
    holds: ids(holds),
    endings: ids(endings),
    returns: ids(returns),
    fees: [...fees].map(([name, some]) => [name, ids(some)]),
  };
}
const nothing = { holds: [], endings: [], returns: [], fees: [] };

/** A collection of 1,000.00 in the words of the ledger. */
function blockTry(more: Partial<Try> = {}) {
  const item = { ...anItem(aTry(more)), line: 7, references: { order: 'SO-1' } };
  const [only] = triesOf({ items: [item] });
  if (!only) throw new Error('There is no try.');
  return only;
}

describe('what the ledger is to do for a collection', () => {
  it('is to hold it as soon as a rail is chosen, once', () => {
    expect(due(aTry({ state: 'ROUTED' }))).toEqual({ ...nothing, holds: ['o1'] });
    expect(due(aTry({ state: 'ROUTED', booked: held }))).toEqual(nothing);
  });

  it.each(['SUBMITTED', 'UNKNOWN', 'PROCESSING'] as const)('is nothing while it is %s', (state) => {
    expect(due(aTry({ state, booked: held }))).toEqual(nothing);
  });

  it.each(['SETTLED', 'DECLINED', 'REFUSED', 'NEVER_LEFT'] as const)('is to end the hold once it is %s', (state) => {
    expect(due(aTry({ state, booked: held }))).toEqual({ ...nothing, endings: ['o1'] });
    expect(due(aTry({ state, booked: over }))).toEqual(nothing);
  });

  it('is to end no hold that it refused', () => {
    expect(due(aTry({ state: 'NEVER_LEFT', reason: 'NOT_BOOKED' }))).toEqual(nothing);
  });

  it('is to post a return only after what it takes back, and once', () => {
    const returned = { state: 'RETURNED', settled: 100_000n, returned: 100_000n } as const;
    expect(due(aTry({ ...returned, booked: held }))).toEqual({ ...nothing, endings: ['o1'] });
    expect(due(aTry({ ...returned, booked: over }))).toEqual({ ...nothing, returns: ['o1'] });
    expect(due(aTry({ ...returned, booked: { ...over, takenBack: true } }))).toEqual(nothing);
  });

  it('is to post what came later as a transfer of its own, in the order in which it was told, and once', () => {
    const further = [{ kind: 'CAME', amount: 40_000n, at }] as const;
    const settled = { state: 'SETTLED', settled: 100_000n, further } as const;
    expect(due(aTry({ ...settled, booked: held }))).toEqual({ ...nothing, endings: ['o1'] });
    expect(due(aTry({ ...settled, booked: over }))).toEqual({ ...nothing, returns: ['o1'] });
    const posted = [{ ...further[0], booked: { posted: true } }] as const;
    expect(due(aTry({ ...settled, booked: over, further: posted }))).toEqual(nothing);
  });

  it('is to book fees together with those that they were put together with, once', () => {
    const settled = (orderId: string, booked: Try['booked']) =>
      aTry({ orderId, state: 'SETTLED', settled: 100_000n, ...(booked && { booked }) });
    expect(due(settled('o1', { ...over, feeWith: 'o1' }), settled('o2', { ...over, feeWith: 'o1' }))).toEqual({
      ...nothing,
      fees: [['o1', ['o1', 'o2']]],
    });
    expect(due(settled('o1', { ...over, feeWith: 'o1', fee: true }))).toEqual(nothing);
  });

  it('asks for a fee again that the ledger refused, once it is time', () => {
    const refused = (feeAskAgainAt: Date) =>
      aTry({
        state: 'SETTLED',
        settled: 100_000n,
        booked: { ...over, feeWith: 'o1', feeRefusals: 1, feeAskAgainAt: feeAskAgainAt.toISOString() },
      });
    expect(due(refused(now)).fees).toEqual([['o1', ['o1']]]);
    expect(due(refused(new Date(now.getTime() + 1)))).toEqual(nothing);
  });

  it('is to end a try that the rail did not carry and hold the next one', () => {
    const tries = [aTry({ state: 'REFUSED', booked: held }), aTry({ orderId: 'o2', state: 'ROUTED' })];
    expect(due(...tries)).toEqual({ ...nothing, holds: ['o2'], endings: ['o1'] });
  });
});

describe('a collection in the ledger', () => {
  it('is held from the clearing account to the company’s, with what the line said', () => {
    expect(holdOrder(batch, blockTry())).toMatchObject({
      name: ['collection', 'o1'],
      legs: [{ debitAccountId: 'acc_clearing', creditAccountId: 'acc_main', amount: 100_000n, currency: 'CNY' }],
      references: { order: 'SO-1', batchId: batch.id, line: '7' },
    });
  });

  it('names no batch where it was asked for by itself', () => {
    const single = { ...batch, single: true } as const;
    const collectionId = batch.id.replace('cb_', 'col_');
    expect(holdOrder(single, blockTry()).references).toEqual({ order: 'SO-1', collectionId, line: '7' });
    const back = movementOrder(single, blockTry({ state: 'RETURNED', settled: 2n, returned: 1n }), 'tr_end');
    expect(back.references).toMatchObject({ collectionId, returnOf: 'tr_end' });
    expect(feeOrder(single, 'o1', [blockTry()]).references).toEqual({ collectionId });
  });

  it('that came whole posts the whole hold', () => {
    const ending = holdEnding(batch, blockTry({ state: 'SETTLED', settled: 100_000n }), 'tr_1', 'CNY');
    expect(ending).toMatchObject({ name: ['collection', 'o1', 'end'], pendingId: 'tr_1', end: 'POST' });
    expect(ending.amounts).toBeUndefined();
  });

  it('of which a part came posts that part, and the rest of the hold goes', () => {
    const ending = holdEnding(batch, blockTry({ state: 'SETTLED', settled: 60_001n }), 'tr_1', 'CNY');
    expect(ending).toMatchObject({ end: 'POST', amounts: [{ leg: 0, minor: 60_001n, currency: 'CNY' }] });
  });

  it.each([
    ['was declined', blockTry({ state: 'DECLINED' })],
    ['never left', blockTry({ state: 'NEVER_LEFT' })],
    ['of which nothing came', blockTry({ state: 'SETTLED', settled: 0n })],
  ])('that %s voids its hold', (_, one) => {
    expect(holdEnding(batch, one, 'tr_1', 'CNY')).toMatchObject({ end: 'VOID', pendingId: 'tr_1' });
  });

  it('ended another way is another request, so that one name never does both', () => {
    const prints = [100_000n, 60_000n, 0n].map(
      (settled) => holdEnding(batch, blockTry({ state: 'SETTLED', settled }), 'tr_1', 'CNY').fingerprint,
    );
    expect(new Set(prints).size).toBe(3);
  });

  it('that came back (退汇) goes the other way, as far as it came back, and names the transfer that it takes back', () => {
    const one = blockTry({ state: 'RETURNED', settled: 100_000n, returned: 40_000n });
    expect(movementOrder(batch, one, 'tr_end')).toMatchObject({
      name: ['collection', 'o1', 'return'],
      legs: [{ debitAccountId: 'acc_main', creditAccountId: 'acc_clearing', amount: 40_000n, currency: 'CNY' }],
      references: { order: 'SO-1', batchId: batch.id, line: '7', returnOf: 'tr_end' },
    });
  });

  it('of which more came later posts what was told first, and the rest as a transfer of its own', () => {
    const further = [{ kind: 'CAME', amount: 40_000n, at }] as const;
    const each = blockTry({ state: 'SETTLED', settled: 100_000n, further });
    expect(holdEnding(batch, each, 'tr_1', 'CNY')).toMatchObject({ fingerprint: 'POST 60000', end: 'POST' });
    expect(movementOrder(batch, { ...each, place: 0 }, 'tr_end')).toMatchObject({
      name: ['collection', 'o1', 'further-1'],
      legs: [{ debitAccountId: 'acc_clearing', creditAccountId: 'acc_main', amount: 40_000n, currency: 'CNY' }],
      references: { order: 'SO-1', batchId: batch.id, line: '7', restOf: 'tr_end' },
    });
  });

  it('pays the fees of several in one transfer from the company’s account', () => {
    const fees = [blockTry({ fee: 500n }), blockTry({ fee: 1_250n })];
    expect(feeOrder(batch, 'o1', fees)).toMatchObject({
      name: ['collection', 'o1', 'fees'],
      legs: [{ debitAccountId: 'acc_main', creditAccountId: 'acc_fees', amount: 1_750n, currency: 'CNY' }],
    });
  });
});
