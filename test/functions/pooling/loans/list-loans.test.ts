import { describe, expect, it } from 'vitest';
import { ceilingOn, contractOn } from '../../../../functions/pooling/loans/contract-terms.ts';
import { listLoans } from '../../../../functions/pooling/loans/list-loans.ts';
import { type Configuration, type LoanContract, pairOf } from '../../../../functions/pooling/pool.ts';

const lent = { lender: 'A', borrower: 'G' };
const lastYear: LoanContract = { ...lent, contract: 'WD-2025', ceiling: 300n, expiresOn: '2025-12-31' };
const thisYear: LoanContract = {
  ...lent,
  contract: 'WD-2026',
  creditLine: 'CL-7',
  ceiling: 500n,
  effectiveFrom: '2026-02-01',
  expiresOn: '2026-11-30',
};

describe('how far a direction may be lent', () => {
  it.each([
    ['the last day of the first contract', '2025-12-31', 300n],
    ['a day between two contracts', '2026-01-15', 0n],
    ['the first day of the second', '2026-02-01', 500n],
    ['its last day', '2026-11-30', 500n],
    ['the day after', '2026-12-01', 0n],
  ])('on %s', (_, date, ceiling) => {
    expect(ceilingOn([thisYear, lastYear], date)).toBe(ceiling);
  });

  it('is without bound where there is no contract, and where the one in force has no ceiling', () => {
    expect(ceilingOn(undefined, '2026-03-02')).toBeUndefined();
    expect(ceilingOn([{ ...lent, contract: 'WD' }], '2026-03-02')).toBeUndefined();
  });

  it('is told by the contract in force, or else by the last one, or the first to come', () => {
    const on = (date: string) => contractOn([thisYear, { ...lastYear, effectiveFrom: '2025-01-01' }], date)?.contract;
    expect(['2024-06-01', '2025-06-01', '2026-01-15', '2026-06-01', '2027-01-01'].map(on)).toEqual([
      'WD-2025',
      'WD-2025',
      'WD-2025',
      'WD-2026',
      'WD-2026',
    ]);
  });
});

describe('the loans of a pool', () => {
  const configuration: Configuration = {
    version: 1,
    header: { entity: 'G', reserve: 0n, unlimitedOverdraft: false },
    members: [],
    contracts: [lastYear, thisYear],
    loanBooks: [{ pair: pairOf('A', 'G'), first: 'A', second: 'G', accountId: 'loan', controlId: 'control' }],
  };
  const loansOn = (date: string, outstanding: bigint) =>
    listLoans({ kind: 'PHYSICAL' }, configuration, new Map([['loan', outstanding]]), date);

  it('say what the contract in force leaves to lend', () => {
    expect(loansOn('2026-03-02', 420n)).toEqual([
      {
        ...lent,
        outstanding: 420n,
        accountId: 'loan',
        terms: { contract: thisYear, state: 'IN_FORCE', room: 80n, overdue: false },
      },
    ]);
  });

  it('are overdue where the contract has expired, and nothing more may be lent', () => {
    expect(loansOn('2026-12-01', 420n)[0]?.terms).toEqual({
      contract: thisYear,
      state: 'EXPIRED',
      room: 0n,
      overdue: true,
    });
  });

  it('that are not open are listed once, however many contracts there are', () => {
    expect(loansOn('2026-12-01', 0n)).toEqual([
      { ...lent, outstanding: 0n, terms: { contract: thisYear, state: 'EXPIRED', room: 0n, overdue: false } },
    ]);
  });
});
