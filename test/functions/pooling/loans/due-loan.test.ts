import { describe, expect, it } from 'vitest';
import { type DueLoan, newlyDue } from '../../../../functions/pooling/loans/due-loan.ts';
import type { Loan } from '../../../../functions/pooling/loans/list-loans.ts';

const pair = { lender: 'A', borrower: 'G' };
const under = (contract: string, expiresOn: string, outstanding: bigint): Loan => ({
  ...{ ...pair, outstanding },
  terms: { contract: { ...pair, contract, expiresOn }, state: 'IN_FORCE', overdue: false },
});
const known = (contract: string, dueOn: string, outstanding: bigint) =>
  ({ ...pair, contract, dueOn, outstanding }) as DueLoan;
const told = (...args: Parameters<typeof newlyDue>) =>
  newlyDue(...args).map(({ contract, dueOn, outstanding }) => `${contract} ${dueOn} ${outstanding}`);

describe('a loan is due', () => {
  const loans = [under('WD-1', '2026-03-31', 500n)];

  it('from the last day of its contract, and is told once', () => {
    expect(told(loans, [], '2026-03-30')).toEqual([]);
    expect(told(loans, [], '2026-03-31')).toEqual(['WD-1 2026-03-31 500']);
    expect(told(loans, [known('WD-1', '2026-03-31', 500n)], '2026-04-02')).toEqual([]);
  });

  it('with what is outstanding by now, until nothing is', () => {
    const before = [known('WD-1', '2026-03-31', 500n)];
    expect(told([under('WD-1', '2026-03-31', 200n)], before, '2026-04-01')).toEqual(['WD-1 2026-03-31 200']);
    expect(told([under('WD-1', '2026-03-31', 0n)], before, '2026-04-01')).toEqual(['WD-1 2026-03-31 0']);
    expect(told([], before, '2026-04-01')).toEqual(['WD-1 2026-03-31 0']);
    expect(told([], [known('WD-1', '2026-03-31', 0n)], '2026-04-01')).toEqual([]);
  });

  it('no more where another contract is in force, or its own ends later', () => {
    const before = [known('WD-1', '2026-03-31', 500n)];
    const over = ['WD-1 2026-03-31 0'];
    expect(told([under('WD-2', '2027-03-31', 500n)], before, '2026-04-01')).toEqual(over);
    expect(told([under('WD-1', '2026-12-31', 500n)], before, '2026-04-01')).toEqual(over);
    expect(told([under('WD-1', '2026-12-31', 500n)], before, '2026-12-31')).toEqual(['WD-1 2026-12-31 500', ...over]);
  });

  it('not where no contract says until when, or nothing was lent', () => {
    expect(told([{ ...pair, outstanding: 5n }, under('WD-1', '2026-03-31', 0n)], [], '2026-04-01')).toEqual([]);
  });
});
