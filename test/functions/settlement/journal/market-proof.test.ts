import { describe, expect, it } from 'vitest';
import { addFigures, noFigures, sumFigures } from '../../../../functions/settlement/journal/figures.ts';
import type { JournalLine } from '../../../../functions/settlement/journal/line.ts';
import { linesOf } from '../../../../functions/settlement/journal/lines-between.ts';
import { OrderFold } from '../../../../functions/settlement/journal/proof/fold-orders.ts';
import {
  type JournalDay,
  journalDay,
  marketProof,
  provenGains,
} from '../../../../functions/settlement/journal/proof/market-proof.ts';
import { movedBy } from '../../../../functions/settlement/settlements/moved-by.ts';
import type { PayoutLine } from '../../../../functions/settlement/settlements/settlement.ts';
import { aRefund, aSplitOrder, aTake, fen } from './orders.ts';

const order = aSplitOrder({ refunds: [aRefund('R-1', [aTake('10.00'), aTake('4.00', 1, 'mer_farm')])] });
const fold = new OrderFold();
fold.add(order);

/** The journal as it should be, one day each. */
function journalOf(): JournalDay[] {
  const days = Map.groupBy(linesOf(order), ({ owner, date }) => `${owner.id} ${date}`);
  return [...days.values()].map((entries) => {
    const lines = entries.map(({ line }) => line);
    const { owner, date } = entries[0] ?? { owner: { kind: 'MARKET', id: '' } as const, date: '' };
    return journalDay({ owner, date }, sumFigures(lines), lines);
  });
}

type Gains = Parameters<typeof marketProof>[3]['balances'];
const prove = (journal = journalOf(), balances: Gains = fold.gains, settled: Gains = new Map()) =>
  marketProof('mkt_chengdu', fold, journal, { settled, balances });

describe('the proof of a market', () => {
  it('says where the money is: 100.00 is 21.00 of merchants, 14.00 back and 65.00 supervised', () => {
    expect(prove()).toMatchObject({
      orders: 1,
      sums: {
        ...{ received: fen('100.00'), shares: fen('21.00'), fees: 0n },
        ...{ refunds: fen('14.00'), supervised: fen('65.00') },
      },
      differences: [],
      accounts: [
        { role: 'channel:WECHAT_PAY', orders: fen('-86.00') },
        { role: 'supervised', orders: fen('65.00') },
        { role: 'payable:mer_farm', orders: fen('16.00') },
        { role: 'payable:mer_van', orders: fen('5.00') },
      ],
      isBalanced: true,
    });
  });

  it('finds a line that was not written, one too many, and a total that its lines do not make', () => {
    const [first, second, ...others] = journalOf();
    if (!first || !second) throw new Error('There are two days at least.');
    const gone = prove([second, ...others]);
    expect(gone).toMatchObject({ isBalanced: false, differences: [{ owner: first.owner, lines: noFigures }] });
    const doubled = { ...first, ofOrders: addFigures(first.ofOrders, first.ofOrders) };
    expect(prove([doubled, second, ...others]).differences).toHaveLength(1);
    const wrong = { ...second, total: { ...second.total, net: second.total.net + 1n } };
    expect(prove([first, wrong, ...others]).differences).toMatchObject([{ owner: second.owner, date: second.date }]);
    const strange = journalDay({ owner: { kind: 'MERCHANT', id: 'mer_x' }, date: '2025-09-28' }, noFigures, [
      { kind: 'SHARE', amount: 1n },
    ]);
    expect(prove([...journalOf(), strange]).isBalanced).toBe(false);
  });

  it('leaves out what settlement runs wrote', () => {
    const carried: JournalLine = { kind: 'CARRIED_IN', amount: -5n, date: '2025-09-26' };
    const figures = sumFigures([carried]);
    const run = journalDay({ owner: { kind: 'MERCHANT', id: 'mer_x' }, date: '2025-09-28' }, figures, [carried]);
    expect(prove([...journalOf(), run]).isBalanced).toBe(true);
  });

  it('finds a sum of orders that gave something else than came to it', () => {
    const [first, ...others] = journalOf();
    if (!first) throw new Error('There is a day.');
    expect(prove([{ ...first, isSplitWrong: true }, ...others])).toMatchObject({
      ...{ isBalanced: false, differences: [{ owner: first.owner, date: first.date }] },
    });
  });

  it('counts what settlements paid out, billed and got back', () => {
    const line = { state: 'PAID', amount: fen('9.00') } as PayoutLine;
    const returned = { ...line, state: 'RETURNED', returns: [{ on: '2025-09-29', amount: fen('4.00') }] } as PayoutLine;
    const payouts = [
      line,
      returned,
      ...(['DUE', 'HELD', 'PENDING_FUNDS', 'FAILED'] as const).map((state) => ({ ...line, state })),
    ];
    // 9.00 went and stayed, 9.00 went and 4.00 came back, 3.00 were billed.
    const moved = movedBy({ payouts, billed: fen('3.00') });
    expect(moved).toBe(fen('-11.00'));
    const balances = new Map(fold.gains).set('payable:mer_farm', fen('5.00'));
    expect(prove(journalOf(), balances).isBalanced).toBe(false);
    expect(prove(journalOf(), balances, new Map([['payable:mer_farm', moved]])).isBalanced).toBe(true);
  });

  it('leaves out what the market and brands give of their own', () => {
    const gains = new Map([
      ['payable:mer_farm', 500n],
      ['subsidy:mer_farm', -200n],
      ['subsidy:PLATFORM', -100n],
      ['supervised', -200n],
    ] as const);
    expect([...provenGains(gains)]).toEqual([
      ['payable:mer_farm', 500n],
      ['supervised', -200n],
    ]);
  });

  it('finds an account that holds something else', () => {
    const balances = new Map(fold.gains).set('supervised', fen('64.99'));
    const { isBalanced, accounts } = prove(journalOf(), balances);
    expect(isBalanced).toBe(false);
    expect(accounts.find(({ role }) => role === 'supervised')).toMatchObject({ ledger: fen('64.99') });
  });
});
