import { describe, expect, it } from 'vitest';
import { planRealTime } from '../../../../functions/pooling/sweeps/real-time.ts';
import type { LoanState, SweepNode, UpRule } from '../../../../functions/pooling/sweeps/sweep-node.ts';

const all = (more: Partial<UpRule> = {}): UpRule => ({
  rule: { method: 'ZERO_BALANCE' },
  sweepIfShort: false,
  parentsMoney: 'SWEEP_BACK',
  whenParentFrozen: 'SKIP',
  ...more,
});

function account(id: string, available: bigint, more: Partial<SweepNode> = {}): SweepNode {
  const idle = { idle: 'NO_AGREEMENT' as const };
  return {
    id,
    priority: 1,
    available,
    unencumbered: available,
    reserve: 0n,
    up: all(),
    down: idle,
    sentByParent: 0n,
    ...more,
  };
}

const hq = account('hq', 0n, { up: { idle: 'NO_AGREEMENT' } });

/** 'c1 → r1 100, keeps 0'; and why it goes no further. */
function swept(path: readonly SweepNode[], levels: number, loans: readonly LoanState[] = []) {
  const { legs, stopped } = planRealTime(path, levels, loans);
  const lines = legs.map(
    (leg) => `${leg.accountId} → ${leg.parentId} ${leg.amount}, keeps ${leg.payerKeeps}${leg.cut ? ` ${leg.cut}` : ''}`,
  );
  return stopped ? [...lines, stopped] : lines;
}

describe('a sweep in real time', () => {
  it('ripples up with what arrives at each level, to the header at most', () => {
    const path = [account('c1', 100n), account('r1', 7n, { reserve: 20n }), hq];
    expect(swept(path, 1)).toEqual(['c1 → r1 100, keeps 0']);
    expect(swept(path, 2)).toEqual(['c1 → r1 100, keeps 0', 'r1 → hq 87, keeps 20']);
    expect(swept(path, 9)).toEqual(['c1 → r1 100, keeps 0', 'r1 → hq 87, keeps 20']);
    expect(planRealTime(path, 2, []).legs.map(({ depth }) => depth)).toEqual([2, 1]);
  });

  it('comes to rest where a level gives nothing', () => {
    const path = [account('c1', 100n), account('r1', 0n, { reserve: 100n }), account('s1', 500n), hq];
    expect(swept(path, 3)).toEqual(['c1 → r1 100, keeps 0', 'NOTHING_ABOVE_RESERVE']);
    expect(swept([account('c1', 100n, { up: { idle: 'PAUSED' } }), hq], 1)).toEqual(['PAUSED']);
    expect(swept([account('c1', 100n, { blocked: 'BANK_CLOSED' }), hq], 1)).toEqual(['BANK_CLOSED']);
  });

  it('goes into a frozen parent only where that is agreed, and into a closed one never', () => {
    const below = (whenParentFrozen: 'SWEEP' | 'SKIP') => account('c1', 100n, { up: all({ whenParentFrozen }) });
    const frozen = account('r1', 0n, { blocked: 'ACCOUNT_FROZEN' });
    expect(swept([below('SKIP'), frozen, hq], 2)).toEqual(['PARENT_FROZEN']);
    expect(swept([below('SWEEP'), frozen, hq], 2)).toEqual(['c1 → r1 100, keeps 0', 'ACCOUNT_FROZEN']);
    expect(swept([below('SWEEP'), account('r1', 0n, { blocked: 'ACCOUNT_CLOSED' }), hq], 2)).toEqual(['PARENT_CLOSED']);
  });

  it('is cut by limit and loan, and says so; frozen money stays', () => {
    expect(swept([account('c1', 100n, { up: all({ room: 60n }) }), hq], 1)).toEqual(['c1 → hq 60, keeps 0 LIMIT']);
    const lending = account('c1', 100n, { loan: { pair: 'A G', child: 'FIRST' } });
    const loan = { pair: 'A G', position: 5n, firstLendsMax: 50n };
    expect(swept([lending, hq], 1, [loan])).toEqual(['c1 → hq 45, keeps 0 LOAN_CEILING']);
    expect(swept([account('c1', 0n, { unencumbered: 40n }), hq], 1)).toEqual(['FROZEN']);
  });

  it('leaves the money of the parent where that is agreed, at each level', () => {
    const left = { up: all({ parentsMoney: 'LEAVE' }), sentByParent: 30n };
    expect(swept([account('c1', 100n, left), hq], 1)).toEqual(['c1 → hq 70, keeps 30']);
    expect(swept([account('c1', 30n, left), hq], 1)).toEqual(['PARENTS_MONEY']);
    expect(swept([account('c1', 100n), account('r1', 30n, left), hq], 2)).toEqual([
      'c1 → r1 100, keeps 0',
      'r1 → hq 100, keeps 30',
    ]);
  });

  it('covers no more than the overdraft of the parent', () => {
    const covering = account('c1', 100n, { up: all({ rule: { method: 'COVER_OVERDRAFT' } }) });
    expect(swept([covering, account('hq', -35n)], 1)).toEqual(['c1 → hq 35, keeps 0']);
    expect(swept([covering, account('hq', 0n)], 1)).toEqual(['PARENT_NOT_OVERDRAWN']);
  });

  it('counts on a loan what the levels below have moved on it already', () => {
    // C1 and S1 belong to A, R1 and HQ to G: A lends twice, and takes back in between.
    const path = [
      account('c1', 40n, { loan: { pair: 'A G', child: 'FIRST' } }),
      account('r1', 0n, { reserve: 10n, loan: { pair: 'A G', child: 'SECOND' } }),
      account('s1', 100n, { loan: { pair: 'A G', child: 'FIRST' } }),
      hq,
    ];
    const loan = { pair: 'A G', position: 0n, firstLendsMax: 50n };
    // 40 lent, 30 taken back: 10 of 50 are used.
    expect(swept(path, 3, [loan])).toEqual([
      'c1 → r1 40, keeps 0',
      'r1 → s1 30, keeps 10',
      's1 → hq 40, keeps 0 LOAN_CEILING',
    ]);
  });
});
