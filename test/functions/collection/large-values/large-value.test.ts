import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSeed } from '../../../support/random.ts';
import { aPayer, aSettlement, found } from './samples.ts';

const oneMillion = 100_000_000n;

describe('a payer of a day', () => {
  it('is not told with 1,999,999.99, and with 2,000,000.00 it is', () => {
    expect(found([aSettlement(199_999_999n)])).toEqual([]);
    expect(found([aSettlement(200_000_000n)])).toMatchObject([
      { kind: 'COMPANY', currency: 'CNY', total: 200_000_000n, threshold: 200_000_000n, count: 1, singleReached: true },
    ]);
  });

  it('is told with two of 1,000,000.00, in whatever batches and under whatever mandates over one account', () => {
    const settlements = [
      aSettlement(oneMillion, { batchId: 'cb_1', mandateId: 'man_1' }),
      aSettlement(oneMillion, { batchId: 'cb_2', mandateId: 'man_2' }),
    ];
    const payers = { man_1: aPayer('DE89370400440532013000'), man_2: aPayer('de89370400440532013000') };
    const [value, ...others] = found(settlements, payers);
    expect(others).toEqual([]);
    expect(value).toMatchObject({ total: 200_000_000n, count: 2, singleReached: false });
    expect(value?.settlements.map(({ batchId }) => batchId)).toEqual(['cb_1', 'cb_2']);
  });

  it('is not told for what another account paid', () => {
    const settlements = [aSettlement(oneMillion), aSettlement(oneMillion, { mandateId: 'man_2' })];
    expect(found(settlements, { man_1: aPayer('1001'), man_2: aPayer('1002') })).toEqual([]);
  });

  it('that is a person is told with 500,000.00', () => {
    const payers = { man_1: aPayer('1001', 'PERSON') };
    expect(found([aSettlement(49_999_999n)], payers)).toEqual([]);
    expect(found([aSettlement(50_000_000n)], payers)).toMatchObject([{ kind: 'PERSON', threshold: 50_000_000n }]);
  });

  it('is a person where one of its mandates says so', () => {
    const settlements = [aSettlement(25_000_000n), aSettlement(25_000_000n, { mandateId: 'man_2' })];
    const payers = { man_1: aPayer('1001', 'COMPANY'), man_2: aPayer('1001', 'PERSON') };
    expect(found(settlements, payers)).toMatchObject([{ kind: 'PERSON', total: 50_000_000n }]);
  });

  it('is told for each currency by itself, and for none that has no threshold', () => {
    const settlements = [
      aSettlement(199_999_999n),
      aSettlement(20_000_000n, { currency: 'USD', mandateId: 'man_2' }),
      aSettlement(10n ** 15n, { currency: 'EUR', mandateId: 'man_3' }),
    ];
    const payers = { man_1: aPayer('1001'), man_2: aPayer('1001'), man_3: aPayer('1001') };
    expect(found(settlements, payers)).toMatchObject([{ currency: 'USD', total: 20_000_000n }]);
  });

  it('keeps its id whatever else it pays, and has another on another account', () => {
    const [first] = found([aSettlement(200_000_000n)]);
    const [more] = found([aSettlement(200_000_000n), aSettlement(1n)]);
    const [other] = found([aSettlement(200_000_000n)], { man_1: aPayer('1002') });
    expect(more?.id).toBe(first?.id);
    expect(other?.id).not.toBe(first?.id);
  });

  it('is an error where its mandate is missing, rather than a sum without it', () => {
    expect(() => found([aSettlement(1n, { mandateId: 'man_9' })])).toThrow('There is no mandate man_9.');
  });
});

describe('large values of random days', () => {
  const seed = testSeed();
  const accounts = ['1001', '1002', '1003'];
  const mandates = Object.fromEntries(
    accounts.flatMap((number, place) => [0, 1, 2].map((n) => [`man_${place}_${n}`, aPayer(number)] as const)),
  );
  const payment = fc.record({
    account: fc.nat(2),
    mandate: fc.nat(2),
    batchId: fc.constantFrom('cb_1', 'cb_2', 'cb_3', 'cb_4'),
    amount: fc.bigInt({ min: 1n, max: 120_000_000n }),
  });

  it(`have the plain sum of what each account paid, however it is split and ordered, seed ${seed}`, () => {
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 12 }), (payments) => {
        const settlements = payments.map(({ account, mandate, batchId, amount }) =>
          aSettlement(amount, { batchId, mandateId: `man_${account}_${mandate}` }),
        );
        const plain = accounts.map((number, place) => {
          const paid = payments.filter(({ account }) => account === place).map(({ amount }) => amount);
          return { number, total: paid.reduce((sum, one) => sum + one, 0n), count: paid.length };
        });
        const told = found([...settlements].reverse(), mandates).map(({ payer, total, count }) => {
          return { number: payer.account.number, total, count };
        });
        const byNumber = (one: { number: string }, other: { number: string }) => (one.number < other.number ? -1 : 1);
        expect(told.sort(byNumber)).toEqual(plain.filter(({ total }) => total >= 200_000_000n));
      }),
      { seed, numRuns: 300 },
    );
  });
});
