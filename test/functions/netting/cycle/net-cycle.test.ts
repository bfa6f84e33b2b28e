import { describe, expect, test } from 'vitest';
import { netCycle } from '../../../../functions/netting/cycle/net-cycle.ts';
import type { CycleToNet } from '../../../../functions/netting/cycle/netting-result.ts';
import type { Leg } from '../../../../functions/netting/payments/leg.ts';
import { CENTRE, ROUNDING } from '../../../../functions/netting/terms/parties.ts';
import { fourParties, owes, plainTerms } from '../samples.ts';

const usd = { numerator: 7_125n, denominator: 1_000n };
const toNet = (cycle: Partial<CycleToNet>): CycleToNet => ({
  ...{ obligations: [], carriedIn: [], rates: new Map([['USD', usd]]) },
  ...cycle,
});

const told = (legs: readonly Leg[]) =>
  legs.map(({ kind, payer, payee, amount, currency }) => `${kind} ${payer}→${payee} ${amount} ${currency}`);

function netted(cycle: Partial<CycleToNet>, terms: Partial<typeof plainTerms> = {}) {
  const decision = netCycle(toNet(cycle), { ...plainTerms, ...terms });
  if (decision.outcome !== 'NETTED') throw new Error(`It was not netted: ${decision.outcome}.`);
  return decision.result;
}

describe('eight obligations of 680 among four', () => {
  test('are three direct payments of 70, 89.71 % less', () => {
    const { legs, fewest, savings } = netted({ obligations: fourParties });
    expect(told(legs)).toEqual(['DIRECT B→A 20 CNY', 'DIRECT B→C 40 CNY', 'DIRECT B→D 10 CNY']);
    expect(fewest).toEqual(new Map([['CNY', 'EXACT']]));
    expect(savings).toEqual([
      {
        currency: 'CNY',
        gross: { count: 8, value: 680n },
        bilateral: { count: 6, value: 400n },
        net: { count: 3, value: 70n },
        valueSavedBasisPoints: 8971n,
        countSavedBasisPoints: 6250n,
      },
    ]);
  });

  test('are four legs through the centre, which are worth 70 once', () => {
    const { legs, savings } = netted({ obligations: fourParties }, { payments: 'THROUGH_CENTRE' });
    expect(told(legs)).toEqual([
      `FROM_CENTRE ${CENTRE}→A 20 CNY`,
      `TO_CENTRE B→${CENTRE} 70 CNY`,
      `FROM_CENTRE ${CENTRE}→C 40 CNY`,
      `FROM_CENTRE ${CENTRE}→D 10 CNY`,
    ]);
    expect(savings[0]).toMatchObject({ net: { count: 4, value: 70n }, countSavedBasisPoints: 5000n });
  });

  test('are six differences of 400 pair by pair, and leave everybody the same', () => {
    const { legs, toPay, savings } = netted({ obligations: fourParties }, { mode: 'BILATERAL' });
    expect(told(legs)).toEqual([
      'BILATERAL A→B 40 CNY',
      'BILATERAL C→A 30 CNY',
      'BILATERAL D→A 30 CNY',
      'BILATERAL C→B 40 CNY',
      'BILATERAL B→D 150 CNY',
      'BILATERAL D→C 110 CNY',
    ]);
    expect(toPay.map(({ net }) => net)).toEqual([20n, -70n, 40n, 10n]);
    expect(savings[0]).toMatchObject({ net: { count: 6, value: 400n }, valueSavedBasisPoints: 4118n });
  });

  test('pay the excluded pair in full each way, and net the rest', () => {
    // Without A and B between themselves A has 120 − 60 = +60, B 40 − 150 = −110, C +40, D +10.
    const { legs, savings, bilateral } = netted({ obligations: fourParties }, { excludedPairs: [['B', 'A']] });
    // B alone pays, and not A: that goes through the centre.
    expect(told(legs)).toEqual([
      `FROM_CENTRE ${CENTRE}→A 60 CNY`,
      `TO_CENTRE B→${CENTRE} 60 CNY`,
      'DIRECT B→C 40 CNY',
      'DIRECT B→D 10 CNY',
      'GROSS A→B 120 CNY',
      'GROSS B→A 80 CNY',
    ]);
    expect(bilateral).toHaveLength(5);
    // Differences of the five other pairs are 360, and 200 gross.
    expect(savings[0]).toMatchObject({ bilateral: { count: 7, value: 560n }, net: { count: 6, value: 310n } });
  });

  test('that breach limits say which and by how much, with the result as it would be', () => {
    const decision = netCycle(toNet({ obligations: fourParties }), {
      ...plainTerms,
      bilateralLimits: [{ payer: 'B', payee: 'D', currency: 'CNY', amount: 120n }],
      netDebitLimits: [{ participant: 'B', currency: 'CNY', amount: 50n }],
    });
    expect(decision).toMatchObject({
      outcome: 'LIMITS_BREACHED',
      breaches: [
        { kind: 'BILATERAL', owed: 150n, excess: 30n },
        { kind: 'NET_DEBIT', owed: 70n, excess: 20n },
      ],
      result: { legs: { length: 3 } },
    });
  });
});

describe('a net debit limit', () => {
  const limits = (amount: bigint, currency = 'CNY') => ({ netDebitLimits: [{ participant: 'A', currency, amount }] });
  const apart = { ...plainTerms, excludedPairs: [['A', 'B'] as const] };

  test('is held against what is owed to one of an excluded pair in full, which nothing that this one owes lessens', () => {
    // A is left with +50 of C and owes B 80, B owes A 500: 30 on balance with all others.
    const obligations = [owes('A', 'B', 80n), owes('B', 'A', 500n), owes('C', 'A', 50n)];
    expect(netCycle(toNet({ obligations }), { ...apart, ...limits(30n) })).toMatchObject({ outcome: 'NETTED' });
    expect(netCycle(toNet({ obligations }), { ...apart, ...limits(29n) })).toMatchObject({
      breaches: [{ kind: 'NET_DEBIT', owed: 30n, excess: 1n }],
    });
  });

  test('is so in the home currency too, and in that of the obligation before it is converted', () => {
    // 1.00 USD is 7.125, 7.13 yuan.
    const obligations = [owes('A', 'B', 100n, 'USD'), owes('A', 'C', 5n)];
    const at = (terms: object) => netCycle(toNet({ obligations }), { ...apart, homeCurrency: 'CNY', ...terms });
    expect(at(limits(718n))).toMatchObject({ outcome: 'NETTED' });
    expect(at(limits(717n))).toMatchObject({ breaches: [{ owed: 718n, excess: 1n }] });
    expect(at(limits(99n, 'USD'))).toMatchObject({ breaches: [{ owed: 100n, excess: 1n }] });
  });
});

describe('a participant at zero', () => {
  test('has a position and no payment', () => {
    const owed = [owes('A', 'B', 5n), owes('B', 'C', 5n)];
    const { positions, legs } = netted({ obligations: owed });
    expect(positions.map(({ party, net }) => [party, net])).toEqual([
      ['A', -5n],
      ['B', 0n],
      ['C', 5n],
    ]);
    expect(told(legs)).toEqual(['DIRECT A→C 5 CNY']);
  });
});

describe('a cycle in the home currency', () => {
  const home = { homeCurrency: 'CNY', payments: 'THROUGH_CENTRE' } as const;
  /** A is left with +1.00 USD, B and C with −0.50 each; C owes A 1.00 CNY. */
  const obligations = [owes('B', 'A', 50n, 'USD'), owes('C', 'A', 50n, 'USD'), owes('C', 'A', 100n)];

  test('is paid in it, and what rounding leaves stands on the rounding account', () => {
    const { legs, residue, savings } = netted({ obligations }, home);
    expect(told(legs)).toEqual([
      `TO_CENTRE ${ROUNDING}→${CENTRE} 1 CNY`,
      `FROM_CENTRE ${CENTRE}→A 813 CNY`,
      `TO_CENTRE B→${CENTRE} 356 CNY`,
      `TO_CENTRE C→${CENTRE} 456 CNY`,
    ]);
    expect(residue).toBe(-1n);
    // 1.00 USD together is 7.13, and 1.00 CNY.
    expect(savings.map(({ currency, gross }) => [currency, gross])).toEqual([['CNY', { count: 3, value: 813n }]]);
  });

  test('needs a rate of each currency, also of what excluded pairs owe', () => {
    const cycle = toNet({ obligations: [...obligations, owes('A', 'B', 1n, 'EUR'), owes('A', 'C', 1n, 'KWD')] });
    expect(netCycle(cycle, { ...plainTerms, ...home, excludedPairs: [['A', 'C']] })).toEqual({
      ...{ outcome: 'RATES_MISSING', home: 'CNY', currencies: ['EUR', 'KWD'] },
    });
  });

  test('pays excluded pairs in their own currency', () => {
    const { legs } = netted({ obligations }, { ...home, excludedPairs: [['A', 'C']] });
    expect(told(legs)).toEqual([
      `FROM_CENTRE ${CENTRE}→A 356 CNY`,
      `TO_CENTRE B→${CENTRE} 356 CNY`,
      'GROSS C→A 100 CNY',
      'GROSS C→A 50 USD',
    ]);
  });

  test('holds limits of the home currency against all together, others against their currency alone', () => {
    const limit = (currency: string, amount: bigint) => ({ participant: 'C', currency, amount });
    const terms = { ...plainTerms, ...home, netDebitLimits: [limit('CNY', 455n), limit('USD', 49n)] };
    expect(netCycle(toNet({ obligations }), terms)).toMatchObject({
      breaches: [
        { owed: 456n, excess: 1n },
        { owed: 50n, excess: 1n },
      ],
    });
    const pair = (currency: string, amount: bigint) => ({ payer: 'C', payee: 'A', currency, amount });
    const apart = { ...terms, netDebitLimits: [], excludedPairs: [['A', 'C'] as const] };
    const decision = netCycle(toNet({ obligations }), {
      ...apart,
      bilateralLimits: [pair('CNY', 455n), pair('USD', 50n)],
    });
    expect(decision).toMatchObject({ outcome: 'LIMITS_BREACHED', breaches: [{ owed: 456n, excess: 1n }] });
  });

  test('shows, bounds and pays one figure pair by pair: the sum of what is converted for each pair', () => {
    // 0.01 EUR at 7.26 is 0.0726 yuan, 0.07 for each of two; the position of 0.02 EUR by itself would be 0.1452, 0.15.
    const cents = [owes('A', 'B', 1n, 'EUR'), owes('A', 'C', 1n, 'EUR')];
    const rates = new Map([['EUR', { numerator: 726n, denominator: 100n }]]);
    const terms = {
      ...home,
      mode: 'BILATERAL' as const,
      netDebitLimits: [{ participant: 'A', currency: 'CNY', amount: 14n }],
    };
    const { atHome, toPay, positions } = netted({ obligations: cents, rates }, terms);
    expect(positions.map(({ party }, place) => [party, atHome?.[place]])).toEqual([
      ['A', -14n],
      ['B', 7n],
      ['C', 7n],
    ]);
    expect(toPay.map(({ party, net }) => [party, net])).toEqual([
      ['A', -14n],
      ['B', 7n],
      ['C', 7n],
    ]);
    const lower = [{ participant: 'A', currency: 'CNY', amount: 13n }];
    expect(
      netCycle(toNet({ obligations: cents, rates }), { ...plainTerms, ...terms, netDebitLimits: lower }),
    ).toMatchObject({
      breaches: [{ owed: 14n, excess: 1n }],
    });
  });

  test('has no residue pair by pair', () => {
    const { legs, residue } = netted({ obligations }, { ...home, mode: 'BILATERAL' });
    expect(told(legs)).toEqual(['BILATERAL B→A 356 CNY', 'BILATERAL C→A 456 CNY']);
    expect(residue).toBe(0n);
  });
});

test('what one cycle carries the next one pays, and the centre is even again', () => {
  const minimumPayments = new Map([['CNY', 10n]]);
  const terms = { minimumPayments, payments: 'THROUGH_CENTRE' } as const;
  const first = netted({ obligations: [owes('A', 'C', 3n), owes('B', 'C', 97n)] }, terms);
  // The centre pays C 3 more than it gets.
  expect(told(first.legs)).toEqual([`TO_CENTRE B→${CENTRE} 97 CNY`, `FROM_CENTRE ${CENTRE}→C 100 CNY`]);
  expect(first.carried).toEqual([owes('A', CENTRE, 3n)]);
  expect(first.savings[0]?.net).toEqual({ count: 2, value: 100n });

  const again = netted({ carriedIn: first.carried, obligations: [owes('A', 'B', 2n), owes('C', 'B', 20n)] }, terms);
  expect(told(again.legs)).toEqual([`FROM_CENTRE ${CENTRE}→B 22 CNY`, `TO_CENTRE C→${CENTRE} 20 CNY`]);
  expect(again.carried).toEqual([owes('A', CENTRE, 5n)]);

  const last = netted({ carriedIn: again.carried, obligations: [owes('A', 'C', 5n), owes('B', 'C', 12n)] }, terms);
  // A has −10, B −12, C +17; the centre gets its 5 back.
  expect(told(last.legs)).toEqual([
    `TO_CENTRE A→${CENTRE} 10 CNY`,
    `TO_CENTRE B→${CENTRE} 12 CNY`,
    `FROM_CENTRE ${CENTRE}→C 17 CNY`,
  ]);
  expect(last.carried).toEqual([]);
  expect(last.savings[0]).toMatchObject({ gross: { count: 3, value: 22n }, net: { count: 3, value: 22n } });
});

test('nothing to net is netted to nothing', () => {
  expect(netted({})).toMatchObject({ positions: [], toPay: [], legs: [], savings: [] });
});
