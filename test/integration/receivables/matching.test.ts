import { beforeEach, describe, expect, it } from 'vitest';
import { matchReceipts } from '../../../functions/receivables/matches/match-receipts.ts';
import { receiptState } from '../../../functions/receivables/receipts/receipt.ts';
import { workOff } from '../../../functions/receivables/work-off.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { aCustomer } from '../../functions/receivables/samples.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { randomFrom } from '../../support/random.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsWithBook,
  receiptsWithCustomer,
  settle,
  type TestReceipts,
  theReceipt,
} from './receipts.ts';

const tenant = 'demo';
const known = { name: '江南机械厂有限公司' };

/** Amounts in fen. */
describe.each(engines())('receipts that are matched by themselves, on $kind', (engine) => {
  let receipts: TestReceipts;
  quietLog();
  beforeEach(async () => {
    receipts = await receiptsWithCustomer(engine);
  });

  it('pay the invoice that they name, and the ledger clears it', async () => {
    await keepInvoices(receipts, {});
    const receipt = await keepReceipt(receipts, { payer: {}, texts: ['支付发票 fp 2026-0001 货款'] });
    await settle(receipts);
    expect(await theReceipt(receipts, receipt)).toMatchObject({ allocated: 100_000n, suggestions: [] });
    expect(await balances(receipts)).toEqual({ cash: 100_000n, revenue: -100_000n });
  });

  it('pay the only set of open invoices that adds up: 6,250.50 is 3,450.50 + 780.25 + 2,019.75', async () => {
    const amounts = [120_000n, 345_050n, 78_025n, 201_975n, 500_000n];
    await keepInvoices(receipts, ...amounts.map((amount, n) => ({ number: `FP-${n}`, amount })));
    const receipt = await keepReceipt(receipts, { amount: 625_050n, payer: known });
    await settle(receipts);
    const [match] = (await receipts.tools.store.readHistory(await theReceipt(receipts, receipt))).matches;
    expect(match?.rule).toBe('SET_OF_INVOICES');
    expect(match?.allocations.map(({ cash }) => cash).sort()).toEqual([201_975n, 345_050n, 78_025n]);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('wait with two suggestions where two sets add up: 5,000 of 1,000; 2,500; 1,500; 4,000', async () => {
    const amounts = [100_000n, 250_000n, 150_000n, 400_000n];
    await keepInvoices(receipts, ...amounts.map((amount, n) => ({ number: `FP-${n}`, amount })));
    const receipt = await keepReceipt(receipts, { amount: 500_000n, payer: known });
    await settle(receipts);
    const waiting = await theReceipt(receipts, receipt);
    expect([waiting.allocated, waiting.exception?.reason]).toEqual([0n, 'AMBIGUOUS']);
    const sums = waiting.suggestions.map(({ allocations }) => allocations.map(({ cash }) => cash).sort());
    expect(sums).toContainEqual([100_000n, 400_000n]);
    expect(sums).toContainEqual([100_000n, 150_000n, 250_000n]);
  });

  it('that paid too little wait no more once the rest of all that they paid is there', async () => {
    await keepInvoices(receipts, {}, { number: 'FP-2026-0002', amount: 50_000n });
    const pay = async (number: string, text: string, amount: bigint) => {
      const receipt = await keepReceipt(receipts, { number, amount, payer: known, texts: [text] });
      await settle(receipts);
      return receipt;
    };
    const reason = async (of: typeof first) => (await theReceipt(receipts, of)).exception?.reason;
    const first = await pay('SK-1', 'FP-2026-0001', 60_000n);
    const other = await pay('SK-2', 'FP-2026-0002', 20_000n);
    expect([await reason(first), await reason(other)]).toEqual(['SHORT_PAID', 'SHORT_PAID']);
    const rest = await pay('SK-3', 'FP-2026-0001', 40_000n);
    expect([await reason(first), await reason(other), await reason(rest)]).toEqual([
      undefined,
      'SHORT_PAID',
      undefined,
    ]);
    expect((await theReceipt(receipts, first)).allocated).toBe(60_000n);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('clear 12,345.67 with 246.91 of discount by 12,098.76 on day 10; on day 11 it is a part that was paid too little', async () => {
    const terms = { amount: 1_234_567n, discount: { basisPoints: 200, withinDays: 10 } };
    await keepInvoices(receipts, { ...terms, number: 'FP-2026-0010' }, { ...terms, number: 'FP-2026-0011' });
    const pay = (number: string, paidOn: string) =>
      keepReceipt(receipts, { number, amount: 1_209_876n, paidOn, texts: [number] });
    const [inTime, late] = [await pay('FP-2026-0010', '2026-03-12'), await pay('FP-2026-0011', '2026-03-13')];
    await settle(receipts);
    expect(await theReceipt(receipts, inTime)).not.toHaveProperty('exception');
    expect((await theReceipt(receipts, late)).exception?.reason).toBe('SHORT_PAID');
    expect(await balances(receipts)).toMatchObject({ discount: 24_691n, receivable: 24_691n });
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('that came before their invoice are matched when it is sent', async () => {
    const receipt = await keepReceipt(receipts, { payer: known });
    await settle(receipts);
    expect((await theReceipt(receipts, receipt)).exception?.reason).toBe('OVERPAID');
    await keepInvoices(receipts, {});
    await settle(receipts);
    expect(await theReceipt(receipts, receipt)).toMatchObject({ allocated: 100_000n });
    expect(await theReceipt(receipts, receipt)).not.toHaveProperty('exception');
  });

  it('that pay a paid invoice again are told as paid twice', async () => {
    await keepInvoices(receipts, {});
    const named = { payer: known, texts: ['FP-2026-0001'] };
    await keepReceipt(receipts, { ...named });
    await settle(receipts);
    const again = await keepReceipt(receipts, { ...named, number: 'SK-2', paidOn: '2026-03-05' });
    await settle(receipts);
    expect((await theReceipt(receipts, again)).exception?.reason).toBe('DUPLICATE');
  });

  it('are booked and matched once, though every change is told twice more and out of order', async () => {
    await keepInvoices(receipts, {}, { number: 'FP-2026-0002', amount: 30_000n });
    await keepReceipt(receipts, { amount: 135_000n, texts: ['FP-2026-0001 FP-2026-0002'] });
    const told = await settle(receipts);
    const before = await balances(receipts);
    expect(before).toEqual({ cash: 135_000n, onAccount: -5_000n, revenue: -130_000n });
    const random = randomFrom(20_260_302);
    const shuffled = [...told, ...told].sort(() => random() - 0.5);
    for (const change of shuffled) await workOff(receipts.tools, [change], monday);
    await workOff(receipts.tools, shuffled, monday);
    await settle(receipts);
    expect(await balances(receipts)).toEqual(before);
    expect(await disagreements(receipts)).toEqual([]);
  });
});

describe('matchers that run at once', () => {
  it('match each receipt once, and no invoice beyond what it is', async () => {
    const receipts = await receiptsWithBook(anEngine());
    const parties = Array.from({ length: 4 }, (_, n) => ({
      number: `K-${n}`,
      names: [`第${n}机械厂`],
      accountKeys: [],
    }));
    for (const party of parties) await keepCustomer(receipts, party);
    const invoices = Array.from({ length: 24 }, (_, n) => ({
      number: `FP-2026-${1000 + n}`,
      customerId: aCustomer({ number: `K-${n % 4}` }).id,
    }));
    await keepInvoices(receipts, ...invoices);
    // Two receipts that each pay half of an invoice, so that matchers meet on invoices too.
    const kept = await Promise.all(
      Array.from({ length: 48 }, (_, n) =>
        keepReceipt(receipts, { number: `SK-${n}`, amount: 50_000n, payer: {}, texts: [`FP-2026-${1000 + (n % 24)}`] }),
      ),
    );
    const receiptIds = kept.map(({ id }) => id);
    const orders = [receiptIds, receiptIds.toReversed(), receiptIds.toSorted()];
    await Promise.all(orders.map((ids) => matchReceipts(receipts.tools.store, { tenant, receiptIds: ids }, monday)));
    const after = await Promise.all(kept.map((one) => theReceipt(receipts, one)));
    expect(after.map(({ allocated, matchesMade }) => [allocated, matchesMade])).toEqual(kept.map(() => [50_000n, 1]));
    await settle(receipts);
    expect(await disagreements(receipts)).toEqual([]);
    expect(await balances(receipts)).toEqual({ cash: 2_400_000n, revenue: -2_400_000n });
    receipts.close();
  });
});

describe('what a matched receipt costs', () => {
  it('is less than 30 write units with its bookings, and its invoice no more than one write', async () => {
    const receipts = await receiptsWithBook(anEngine());
    await keepCustomer(receipts);
    const count = 50;
    const numbers = Array.from({ length: count }, (_, n) => `FP-2026-${1000 + n}`);
    await keepInvoices(receipts, ...numbers.map((number) => ({ number })));
    await settle(receipts);
    const meter = meterWrites(receipts.client);
    const kept = await Promise.all(
      numbers.map((number, n) =>
        keepReceipt(receipts, {
          number: `SK-${n}`,
          payer: known,
          texts: [`货款 ${number}`],
          references: { endToEndId: `E-${n}` },
        }),
      ),
    );
    await settle(receipts);
    const { total, byKind, byPlace } = meter.report();
    meter.stop();
    const states = await Promise.all(kept.map(async (one) => receiptState(await theReceipt(receipts, one))));
    expect(states).toEqual(kept.map(() => 'MATCHED'));
    const each = (units: ReadonlyMap<string, number>) =>
      [...units]
        .map(([name, sum]) => `${name.replace(/^.*-(receivables|ledger)/, '$1')} ${(sum / count).toFixed(1)}`)
        .join(', ');
    process.stdout.write(
      `write units per matched receipt: ${(total / count).toFixed(1)} (${each(byKind)}; ${each(byPlace)})\n`,
    );
    expect(total / count).toBeLessThan(30);
    receipts.close();
  });
});
