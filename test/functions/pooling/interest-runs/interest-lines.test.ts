import { describe, expect, it } from 'vitest';
import { exactText, type Figure } from '../../../../functions/pooling/interest-runs/interest-figures.ts';
import {
  addStanding,
  adjustmentsOf,
  inBookingOrder,
  linesOf,
} from '../../../../functions/pooling/interest-runs/interest-lines.ts';
import type { Bearer, InterestLine } from '../../../../functions/pooling/interest-runs/interest-run.ts';

const bearer = (accountId: string): Bearer => ({
  accountId,
  entity: accountId,
  currency: 'CNY',
  bookedOn: accountId,
  counterAccountId: 'header',
});
const figure = (accountId: string, side: Figure['side'], amount: bigint): Figure => ({
  bearer: bearer(accountId),
  side,
  amount,
});

describe('lines of interest', () => {
  it('go from who pays to who gets, by sign', () => {
    expect(linesOf([figure('a', 'CREDIT', 5n), figure('b', 'DEBIT', -7n)])).toMatchObject([
      { accountId: 'a', debitAccountId: 'header', creditAccountId: 'a', amount: 5n },
      { accountId: 'b', debitAccountId: 'b', creditAccountId: 'header', amount: -7n },
    ]);
  });

  it('are booked with what comes in first, whatever order they come in', () => {
    const figures = [figure('c', 'SHARE', 3n), figure('a', 'CREDIT', 5n), figure('b', 'DEBIT', -7n)];
    const told = (lines: InterestLine[]) => lines.map(({ number, accountId }) => `${number} ${accountId}`);
    expect(told(inBookingOrder(linesOf(figures)))).toEqual(['1 b', '2 a', '3 c']);
    expect(told(inBookingOrder(linesOf(figures.toReversed())))).toEqual(['1 b', '2 a', '3 c']);
  });

  it('show the exact figure with eight decimals of the currency’s unit, truncated', () => {
    expect(exactText({ numerator: 2_500_000n, denominator: 3n }, 'CNY')).toBe('8333.33333333');
    expect(exactText({ numerator: 2n, denominator: 3n }, 'CNY')).toBe('0.00666666');
    expect(exactText({ numerator: 2n, denominator: 3n }, 'JPY')).toBe('0.66666666');
    expect(exactText({ numerator: 2n, denominator: 3n }, 'KWD')).toBe('0.00066666');
    expect(exactText({ numerator: 0n, denominator: 360n }, 'CNY')).toBe('0.00000000');
    expect(exactText({ numerator: -2_500_000n, denominator: 3n }, 'CNY')).toBe('-8333.33333333');
    expect(exactText({ numerator: -2n, denominator: 3n }, 'CNY')).toBe('-0.00666666');
  });
});

describe('differences for an earlier period', () => {
  const period = {
    runId: 'run 1',
    from: '2026-04-01',
    to: '2026-05-01',
    termsVersion: 1,
    computed: { linesId: 'lines', lines: 2, blocks: 1, adjusted: [], exchange: [] },
  };
  const original = inBookingOrder(linesOf([figure('a', 'CREDIT', 100n), figure('b', 'DEBIT', -50n)]));

  function standing(...runs: [string, InterestLine[]][]): Map<string, bigint> {
    const booked = new Map<string, bigint>();
    for (const [runId, lines] of runs) addStanding(booked, runId, lines, period);
    return booked;
  }
  const told = (lines: readonly { accountId: string; side: string; amount: bigint }[]) =>
    lines.map(({ accountId, side, amount }) => `${side} ${accountId} ${amount}`);

  it('are none where nothing came late', () => {
    const figures = [figure('a', 'CREDIT', 100n), figure('b', 'DEBIT', -50n)];
    expect(adjustmentsOf(period, [bearer('a'), bearer('b')], figures, standing(['run 1', original]))).toEqual([]);
  });

  it('are against all that stands: the original and each difference since', () => {
    const figures = [figure('a', 'CREDIT', 130n), figure('b', 'DEBIT', -50n)];
    const bearers = [bearer('a'), bearer('b')];
    const first = adjustmentsOf(period, bearers, figures, standing(['run 1', original]));
    expect(told(first)).toEqual(['CREDIT a 30']);
    const later = inBookingOrder([...first, ...linesOf([figure('a', 'CREDIT', 999n)])]);
    const again = standing(['run 1', original], ['run 2', later]);
    expect(adjustmentsOf(period, bearers, figures, again)).toEqual([]);
    expect(told(adjustmentsOf(period, bearers, [figure('a', 'CREDIT', 120n)], again))).toEqual([
      'CREDIT a -10',
      'DEBIT b 50',
    ]);
  });

  it('move a balance that changed its sign from one side to the other', () => {
    const lines = adjustmentsOf(period, [bearer('a')], [figure('a', 'DEBIT', -20n)], standing(['run 1', original]));
    expect(told(lines)).toEqual(['CREDIT a -100', 'DEBIT a -20']);
    expect(lines).toMatchObject([
      { debitAccountId: 'a', creditAccountId: 'header', adjusts: { booked: 100n, recomputed: 0n } },
      { debitAccountId: 'a', creditAccountId: 'header', adjusts: { booked: 0n, recomputed: -20n } },
    ]);
  });
});
