import { describe, expect, it } from 'vitest';
import { chainPosition, compareWithPrevious } from '../../../functions/statements/continuity.ts';
import { describeStatement } from '../../../functions/statements/statement.ts';
import { balance, page } from './pages.ts';

describe('continuity with the statement before', () => {
  it('holds when the opening is the previous closing', () => {
    expect(compareWithPrevious(500n, { id: 'stm_1', closing: 500n })).toMatchObject({
      status: 'CONTINUES',
      difference: 0n,
    });
  });

  it('has a gap of opening − previous closing', () => {
    expect(compareWithPrevious(500n, { id: 'stm_1', closing: 525n })).toEqual({
      status: 'CONTINUITY_GAP',
      previousStatementId: 'stm_1',
      previousClosing: 525n,
      difference: -25n,
    });
  });

  it('begins with the first statement', () => {
    expect(compareWithPrevious(500n, undefined)).toEqual({ status: 'FIRST' });
  });

  it('cannot be told without an opening balance', () => {
    expect(compareWithPrevious(undefined, { id: 'stm_1', closing: 1n })).toEqual({ status: 'NOT_CHECKED' });
  });
});

describe('the place of a statement in its chain', () => {
  function placeOf(date: string, sequenceNumber: string, placeInFile = 0): string {
    const balances = [balance('OPBD', 0n), balance('CLBD', 0n, { date })];
    const position = chainPosition(
      describeStatement('demo', 'key', [page({ header: { sequenceNumber }, balances })]),
      placeInFile,
    );
    return position ?? '';
  }

  it('is by day before number: numbers begin anew each year', () => {
    expect(placeOf('2025-12-31', '250') < placeOf('2026-01-02', '1')).toBe(true);
  });

  it('is by number as a number within a day', () => {
    expect(placeOf('2026-03-02', '9') < placeOf('2026-03-02', '00010')).toBe(true);
  });

  it('is by place in the file where the bank does not number', () => {
    expect(placeOf('2026-03-02', '0', 9) < placeOf('2026-03-02', '0', 10)).toBe(true);
  });

  it('is none without balances to compare', () => {
    expect(chainPosition(describeStatement('demo', 'key', [page({})]), 0)).toBeUndefined();
  });
});
