import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoiceIdOf } from '../../../functions/receivables/keys.ts';
import { sum } from '../../../shared/money/sum.ts';
import { entity } from '../../functions/receivables/samples.ts';
import { engines } from '../../support/engines.ts';
import { accept, aTenant, line, receivablesOnEngine, type TestReceivables } from './support.ts';

describe.each(engines())('batches of invoices on $kind', (engine) => {
  let own: TestReceivables;
  beforeAll(async () => {
    own = await receivablesOnEngine(engine);
  });
  afterAll(() => own?.close());

  const five = [
    line('FP-2026-0001'),
    line('FP-2026-0002', { terms: '2/10 net 30', references: { contract: 'HT-2026-001' } }),
    line('FP-2026-0003', { dueOn: '2026-03-01' }),
    line('FP-2026-0001'),
    line('FP-2026-0005', { references: { contract: 'HT-2026-001' } }),
  ];

  it('are kept but for the lines with faults, and found by number, reference and customer', async () => {
    const customer = await aTenant(own, 'five');
    const { accepted, faults } = await accept(own.store, 'five', five);
    expect(accepted.map(({ line: at }) => at)).toEqual([1, 2, 5]);
    expect(faults.map(({ line: at, code, field }) => [at, code, field])).toEqual([
      [3, 'MALFORMED', 'dueOn'],
      [4, 'NUMBER_TWICE', 'number'],
    ]);
    const invoices = accepted.map(({ invoice }) => invoice);
    const found = await own.store.readInvoices(
      'five',
      invoices.map(({ id }) => id),
    );
    expect(invoices.map(({ id }) => found.get(id))).toEqual(invoices);
    const byToken = await own.store.readInvoicesByToken('five', ['HT2026001', 'FP20260001', 'FP20260003']);
    expect([...byToken.invoices.values()].map(({ number }) => number).sort()).toEqual(
      ['FP-2026-0001', 'FP-2026-0002', 'FP-2026-0005'].sort(),
    );
    const open = await own.store.readOpenInvoices('five', customer.id, { count: 10 });
    expect(new Set(open.invoices.map(({ number }) => number))).toEqual(
      new Set(['FP-2026-0001', 'FP-2026-0002', 'FP-2026-0005']),
    );
  });

  it('sent again come to the same and write nothing', async () => {
    await aTenant(own, 'again');
    const first = await accept(own.store, 'again', five);
    const before = await own.snapshot();
    const second = await accept(own.store, 'again', five);
    expect(second.faults).toEqual(first.faults);
    expect(second.accepted.map(({ invoice }) => invoice)).toEqual(first.accepted.map(({ invoice }) => invoice));
    expect(await own.snapshot()).toEqual(before);
  });

  it('that are atomic are refused as a whole, and nothing is written', async () => {
    await aTenant(own, 'atomic');
    const before = await own.snapshot();
    await expect(accept(own.store, 'atomic', five, true)).rejects.toMatchObject({
      code: 'receivables/lines-refused',
      fields: { lines: [{ line: 3 }, { line: 4 }] },
    });
    expect(await own.snapshot()).toEqual(before);
    expect((await accept(own.store, 'atomic', [five[0], five[1]], true)).accepted).toHaveLength(2);
  });

  it('that ten send at once are there once', async () => {
    await aTenant(own, 'race');
    const lines = Array.from({ length: 20 }, (_, place) => line(`FP-2026-${1000 + place}`));
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(own.store, 'race', lines)));
    for (const { accepted, faults } of answers) {
      expect(faults).toEqual([]);
      expect(accepted).toHaveLength(20);
    }
    const ids = lines.map(({ number }) => invoiceIdOf('race', entity, number));
    const kept = await own.store.readInvoices('race', ids);
    expect([...kept.values()].map(({ revision }) => revision)).toEqual(new Array(20).fill(1));
  });

  it('that two send at once with other amounts give each number to one of them, and tell the other', async () => {
    await aTenant(own, 'rivals');
    const numbers = Array.from({ length: 20 }, (_, place) => `FP-2026-${1000 + place}`);
    const sent = ['100.00', '200.00'].map((amount) =>
      accept(
        own.store,
        'rivals',
        numbers.map((number) => line(number, { amount: { amount, currency: 'CNY' } })),
      ),
    );
    const answers = await Promise.all(sent);
    const wins = answers.map(({ accepted }) => accepted.length);
    expect(sum(wins.map(BigInt))).toBe(20n);
    expect(answers.map(({ faults }) => faults.length)).toEqual(wins.map((count) => 20 - count));
    expect(answers.flatMap(({ faults }) => faults.map(({ code }) => code))).toEqual(new Array(20).fill('NUMBER_TAKEN'));
    const kept = await own.store.readInvoices(
      'rivals',
      numbers.map((number) => invoiceIdOf('rivals', entity, number)),
    );
    for (const [place, { accepted }] of answers.entries()) {
      for (const { invoice } of accepted) expect(kept.get(invoice.id)?.amount).toBe(place === 0 ? 10_000n : 20_000n);
    }
  });
});
