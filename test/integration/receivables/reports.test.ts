import { beforeAll, describe, expect, it } from 'vitest';
import * as acts from '../../../functions/receivables/invoices/act-on-invoice.ts';
import type { DecidedReceipt } from '../../../functions/receivables/matches/decided-receipt.ts';
import { allocate, refund } from '../../../functions/receivables/matches/match-by-hand.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { readAgeing } from '../../../functions/receivables/reports/read-ageing.ts';
import { readDso } from '../../../functions/receivables/reports/read-dso.ts';
import { readExpected } from '../../../functions/receivables/reports/read-expected.ts';
import { readStatement } from '../../../functions/receivables/reports/read-statement.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { actByHand, undoneAll } from './by-hand.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  keepReceipt,
  receiptsWithBook,
  settle,
  type TestReceipts,
} from './receipts.ts';

const tenant = 'demo';
const dayOf = (day: number) => `2026-03-${String(day).padStart(2, '0')}`;
const morningOf = (day: number) => new Date(`${dayOf(day)}T02:00:00.000Z`);

/** Three weeks of two customers, with all that may happen to an invoice or a receipt. */
describe.each(engines())('reports on $kind', (engine) => {
  let receipts: TestReceipts;
  /** What the ageing of each day was when that day was today. */
  const wasThen = new Map<string, Awaited<ReturnType<typeof lookBack>>>();
  let second = '';

  const stepOf = (day: number) => ({ at: morningOf(day).toISOString(), date: dayOf(day), cause });
  const act = (
    receipt: Receipt,
    day: number,
    decide: (current: Receipt, claimId: string) => Promise<readonly DecidedReceipt[]>,
  ) => {
    return actByHand(receipts.tools.store, receipt, `${receipt.id} ${day}`, stepOf(day), decide);
  };
  const lookBack = async (day: string, today: string) => {
    const ageing = await readAgeing(receipts.tools.store, tenant, { asOf: day, today });
    return { rows: ageing.rows(), totals: ageing.totals() };
  };

  quietLog();
  beforeAll(async () => {
    receipts = await receiptsWithBook(engine);
    const { store } = receipts.tools;
    second = (await keepCustomer(receipts, { number: 'K-2', names: ['东海商贸有限公司'], accountKeys: [] })).id;
    const first = await keepCustomer(receipts);
    const paid: Receipt[] = [];
    const days: Record<number, () => Promise<unknown>> = {
      2: () =>
        keepInvoices(
          receipts,
          { number: 'FP-2026-0001', discount: { basisPoints: 200, withinDays: 10 } },
          { number: 'FP-2026-0002', amount: 250_000n, dueOn: dayOf(9) },
          { number: 'FP-2026-0003', amount: 77_700n, dueOn: dayOf(20), customerId: second },
        ),
      // In time for the discount; and 3.00 more than anybody owes.
      5: async () => {
        paid.push(
          await keepReceipt(receipts, { number: 'SK-1', amount: 98_000n, paidOn: dayOf(5), texts: ['FP-2026-0001'] }),
        );
        paid.push(
          await keepReceipt(receipts, {
            ...{ number: 'SK-2', amount: 78_000n, paidOn: dayOf(5), texts: ['FP-2026-0003'] },
            payer: { name: '东海商贸有限公司' },
          }),
        );
        await keepReceipt(receipts, { number: 'SK-3', amount: 1_234n, paidOn: dayOf(5), payer: {} });
      },
      8: () =>
        acts.reduce(
          store,
          { tenant, invoiceId: receipts.invoiceIds[1] ?? '' },
          { kind: 'CREDIT_NOTE', amount: 50_000n, currency: 'CNY', number: 'HZ-1', reason: '退货', date: dayOf(8) },
          () => deriveId('cn', tenant, 'HZ-1'),
          { operation: 'creditInvoice', key: 'HZ-1', fingerprint: 'HZ-1', id: '', at: stepOf(8).at, cause },
        ),
      12: async () => {
        const part = { number: 'SK-4', amount: 120_000n, paidOn: dayOf(12), texts: ['FP-2026-0002'] };
        paid.push(await keepReceipt(receipts, part));
      },
      // The 3.00 go back, and the first payment was another's.
      15: async () => {
        const [one, two] = paid;
        if (!one || !two) throw new Error('Nobody paid.');
        await act(two, 15, async (current, id) => [
          refund(
            current,
            { amount: { minor: 300n, currency: 'CNY' }, from: 'ON_ACCOUNT', reason: '多付' },
            id,
            stepOf(15),
          ),
        ]);
        await act(one, 15, (current) => undoneAll(store, current, stepOf(15)));
      },
      18: async () => {
        const [one] = paid;
        if (!one) throw new Error('Nobody paid.');
        const onAccount = { minor: 20_000n, currency: 'CNY' };
        const invoices = [{ invoiceId: receipts.invoiceIds[1] ?? '', amount: { minor: 60_000n, currency: 'CNY' } }];
        await act(one, 18, async (current) => [
          await allocate(store, current, { customerId: first.id, invoices, onAccount, from: 'UNAPPLIED' }, stepOf(18)),
        ]);
      },
    };
    for (let day = 1; day <= 20; day++) {
      await days[day]?.();
      await settle(receipts, receipts.tools, morningOf(day));
      wasThen.set(dayOf(day), await lookBack(dayOf(day), dayOf(day)));
    }
  }, 120_000);

  it('of a past day say what they said on that day', async () => {
    expect(wasThen.size).toBe(20);
    // Whose money that is not used is, is told by what is known now.
    const withoutPayers = ({ rows, totals }: Awaited<ReturnType<typeof lookBack>>) => ({
      rows: rows.map(({ unapplied: _, ...row }) => row).filter(({ total, onAccount }) => total + onAccount > 0n),
      totals,
    });
    for (const [day, then] of wasThen) {
      expect([day, withoutPayers(await lookBack(day, '2026-03-21'))]).toEqual([day, withoutPayers(then)]);
    }
  });

  it('sum to the ledger when all is quiet', async () => {
    const { receivable, unapplied, onAccount } = await balances(receipts);
    expect(await disagreements(receipts)).toEqual([]);
    const [total] = (await lookBack(dayOf(20), dayOf(20))).totals;
    // 1,000.00 and of 2,500.00 what is left after 500.00, 1,200.00 and 600.00.
    expect(total).toMatchObject({ total: 120_000n, unapplied: 19_234n, onAccount: 20_000n });
    expect([receivable, unapplied, onAccount]).toEqual([120_000n, -19_234n, -20_000n]);
    const period = { from: dayOf(1), to: dayOf(20) };
    const ids = [receipts.customerId, second];
    const statements = await Promise.all(
      ids.map((customerId) => readStatement(receipts.tools.store, tenant, { customerId, ...period })),
    );
    const closing = statements.flatMap(({ statement }) => statement.accounts.map((account) => account.closing));
    expect(closing.reduce((one, other) => one + other, 0n)).toBe((receivable ?? 0n) + (onAccount ?? 0n));
  });

  it('tell a statement that goes on where the one before it ended', async () => {
    const read = async (from: number, to: number) => {
      const asked = { customerId: receipts.customerId, from: dayOf(from), to: dayOf(to) };
      return (await readStatement(receipts.tools.store, tenant, asked)).statement;
    };
    const whole = await read(1, 20);
    const [one, two] = [await read(1, 11), await read(12, 20)];
    expect(one.accounts[0]?.closing).toBe(two.accounts[0]?.opening);
    expect([...one.lines, ...two.lines]).toEqual(whole.lines);
    expect(whole.lines.map(({ date, kind, effect }) => [date, kind, effect])).toEqual([
      [dayOf(2), 'INVOICE', expect.any(BigInt)],
      [dayOf(2), 'INVOICE', expect.any(BigInt)],
      [dayOf(5), 'PAYMENT', -100_000n],
      [dayOf(8), 'CREDIT_NOTE', -50_000n],
      [dayOf(12), 'PAYMENT', -120_000n],
      [dayOf(15), 'PAYMENT_UNDONE', 100_000n],
      [dayOf(18), 'PAYMENT', -80_000n],
    ]);
  });

  it('tell days sales outstanding of what was owed on the last day and sold in the period', async () => {
    const asked = { from: dayOf(1), to: dayOf(20), today: dayOf(20) };
    const [now] = await readDso(receipts.tools.store, tenant, asked);
    // 1,000.00 + 2,500.00 + 777.00 - 500.00.
    expect(now).toMatchObject({ receivable: 120_000n, sales: 377_700n });
    const [then] = await readDso(receipts.tools.store, tenant, { ...asked, today: '2026-03-25' });
    expect(then).toEqual(now);
  });

  it('compare what was due with what came', async () => {
    const asked = { from: dayOf(9), to: '2026-04-05', length: 'WEEK', today: dayOf(20) } as const;
    const { rows, overdueBefore } = await readExpected(receipts.tools.store, tenant, asked);
    expect(overdueBefore).toEqual([]);
    expect(rows).toMatchObject([
      // 2,500.00 due on the 9th, less 500.00; 600.00 came on the 5th and 1,200.00 on the 12th.
      {
        from: dayOf(9),
        planned: 200_000n,
        early: 60_000n,
        late: 120_000n,
        open: 20_000n,
        forecast: 0n,
        received: 120_000n,
        forDue: 120_000n,
      },
      { from: dayOf(16), planned: 77_700n, early: 77_700n, open: 0n, received: 0n },
      { from: '2026-03-30', planned: 100_000n, open: 100_000n, forecast: 100_000n },
    ]);
    const later = await readExpected(receipts.tools.store, tenant, { ...asked, from: dayOf(10) });
    expect(later.overdueBefore.map(({ overdue }) => overdue)).toEqual([20_000n]);
  });

  it('count no money that went back as received: of 1,772.34 the 3.00 did', async () => {
    const asked = { from: dayOf(1), to: dayOf(20), length: 'WEEK', today: dayOf(20) } as const;
    const { rows } = await readExpected(receipts.tools.store, tenant, asked);
    // 600.00 and 777.00 for invoices that fall due later; 200.00 on account, 180.00 and 12.34 not used.
    expect(rows.find(({ from }) => from === dayOf(2))).toMatchObject({
      ...{ received: 176_934n, forDue: 0n, forOthers: 137_700n, forNone: 39_234n },
    });
  });

  it('of other books have nothing in them', async () => {
    const asked = { asOf: dayOf(20), today: dayOf(20), currency: 'USD' };
    expect((await readAgeing(receipts.tools.store, tenant, asked)).rows()).toEqual([]);
  });
});
