import { describe, expect, it } from 'vitest';
import { freshState, type Member, pairOf } from '../../../../functions/pooling/pool.ts';
import {
  type AccountFigures,
  prepareNodes,
  type Situation,
} from '../../../../functions/pooling/sweeps/prepare-nodes.ts';
import type { SweepNode } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';

const figures = (posted: bigint, more: Partial<AccountFigures> = {}): AccountFigures => ({
  status: 'ACTIVE',
  posted,
  pendingOut: 0n,
  frozen: 0n,
  ...more,
});

function member(more: Partial<Member> = {}): Member {
  const facts = { accountId: 'c1', parentId: 'hq', priority: 1, entity: 'A', currency: 'CNY', reserve: 0n };
  return { ...facts, up: [], down: [], ...more };
}

interface Told {
  readonly c1?: AccountFigures;
  readonly hq?: AccountFigures;
  readonly member?: Partial<Member>;
  readonly header?: Partial<Situation['configuration']['header']>;
  readonly sentByParent?: bigint;
  readonly time?: string;
  readonly date?: string;
}

function nodes(told: Told = {}): { hq: SweepNode | undefined; c1: SweepNode | undefined; loans: unknown[] } {
  const pair = pairOf('A', 'G');
  const situation: Situation = {
    rootAccountId: 'hq',
    configuration: {
      version: 1,
      header: { entity: 'G', reserve: 0n, unlimitedOverdraft: false, ...told.header },
      members: [member(told.member)],
      contracts: [{ lender: 'G', borrower: 'A', contract: 'WD', ceiling: 300n }],
      loanBooks: [{ pair, first: 'A', second: 'G', accountId: 'loan', controlId: 'control' }],
    },
    accounts: new Map([
      ['hq', told.hq ?? figures(0n)],
      ['c1', told.c1 ?? figures(100n)],
      ['loan', figures(-70n)],
    ]),
    states: new Map([['c1', { ...freshState('c1', 'hq'), sentByParent: told.sentByParent ?? 0n }]]),
    calendar: chinaStateCouncil,
    time: told.time ?? '10:00',
  };
  const businessDate = told.date ?? '2026-03-02';
  const prepared = prepareNodes(situation, {
    trigger: 'SCHEDULED',
    businessDate,
    runNumber: 1,
    isDue: () => 'DUE',
  });
  const byId = (id: string) => prepared.nodes.find((node) => node.id === id);
  return { hq: byId('hq'), c1: byId('c1'), loans: prepared.loans };
}

describe('an account as the planner takes it', () => {
  it('has available what is neither held nor frozen, of all that is posted', () => {
    expect(nodes({ c1: figures(100n, { pendingOut: 15n, frozen: 30n }) }).c1).toMatchObject({
      available: 55n,
      unencumbered: 100n,
    });
  });

  it('keeps the largest of its reserve, what the method keeps and what the account must hold', () => {
    const up = {
      trigger: 'SCHEDULED' as const,
      effectiveFrom: '2026-01-01',
      pauses: [],
      limits: [],
      levels: 1,
      sweepIfShort: false,
      parentsMoney: 'SWEEP_BACK' as const,
      whenParentFrozen: 'SKIP' as const,
      rule: { method: 'KEEP_RESERVE' as const, keep: 50n },
    };
    expect(nodes({ member: { reserve: 20n } }).c1?.reserve).toBe(20n);
    expect(nodes({ member: { reserve: 20n, up: [up] } }).c1?.reserve).toBe(50n);
    expect(nodes({ member: { reserve: 20n, up: [up] }, c1: figures(100n, { floor: 80n }) }).c1?.reserve).toBe(80n);
    // An overdraft is no money to sweep.
    expect(nodes({ c1: figures(100n, { floor: -500n }) }).c1?.reserve).toBe(0n);
    expect(nodes({ header: { reserve: 40n }, hq: figures(0n, { floor: 60n }) }).hq?.reserve).toBe(60n);
  });

  it('has of its parent’s money no more than its balance', () => {
    expect(nodes({ sentByParent: 40n }).c1?.sentByParent).toBe(40n);
    expect(nodes({ sentByParent: 140n }).c1?.sentByParent).toBe(100n);
    expect(nodes({ sentByParent: 40n, c1: figures(-10n) }).c1?.sentByParent).toBe(0n);
  });

  it.each([
    ['FROZEN', 'ACCOUNT_FROZEN'],
    ['CLOSED', 'ACCOUNT_CLOSED'],
    ['ACTIVE', undefined],
  ] as const)('that is %s is blocked as %s', (status, blocked) => {
    expect(nodes({ c1: figures(100n, { status }) }).c1?.blocked).toBe(blocked);
    expect(nodes({ hq: figures(100n, { status }) }).hq?.blocked).toBe(blocked);
  });

  it('is blocked outside the days and hours of its bank; the first and the last minute are in', () => {
    const bank = {
      workingDaysOnly: true,
      hours: { opens: '09:00', closes: '17:00' },
      closed: [{ from: '2026-03-10', to: '2026-03-11' }],
    };
    const blocked = (time: string, date = '2026-03-02') => nodes({ member: { bank }, time, date }).c1?.blocked;
    expect(['08:59', '09:00', '17:00', '17:01'].map((time) => blocked(time))).toEqual([
      'BANK_CLOSED',
      undefined,
      undefined,
      'BANK_CLOSED',
    ]);
    expect(['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'].map((date) => blocked('10:00', date))).toEqual([
      undefined,
      'BANK_CLOSED',
      'BANK_CLOSED',
      undefined,
    ]);
    // Sunday 1 March is off, Saturday 28 February is worked for 春节.
    expect([blocked('10:00', '2026-03-01'), blocked('10:00', '2026-02-28')]).toEqual(['BANK_CLOSED', undefined]);
  });

  it('has a loan with the entity above, seen from its side, and none within one entity', () => {
    expect(nodes().c1?.loan).toEqual({ pair: '["A","G"]', child: 'FIRST' });
    expect(nodes().loans).toEqual([{ pair: '["A","G"]', position: -70n, secondLendsMax: 300n }]);
    expect(nodes({ member: { entity: 'G' } }).c1?.loan).toBeUndefined();
  });
});
