import type { DownMethod, UpMethod } from '../../../../functions/pooling/members/agreement.ts';
import { planSweeps } from '../../../../functions/pooling/sweeps/plan-sweeps.ts';
import type { DownRule, LoanState, SweepNode, UpRule } from '../../../../functions/pooling/sweeps/sweep-node.ts';

/** Pools in few words, and plans as text, for the tests worked by hand. */

export type Sketch = Partial<SweepNode> & { readonly frozen?: bigint };

/** The header HQ. */
export function header(available = 0n, more: Sketch = {}): SweepNode {
  return account('HQ', available, more);
}

/** A child of HQ, unless its place is named; nothing is agreed in either direction unless told. */
export function child(id: string, available: bigint, more: Sketch = {}): SweepNode {
  return account(id, available, { parentId: 'HQ', ...more });
}

function account(id: string, available: bigint, { frozen = 0n, ...more }: Sketch): SweepNode {
  return {
    id,
    priority: 1,
    available,
    unencumbered: available + frozen,
    reserve: 0n,
    up: { idle: 'NO_AGREEMENT' },
    down: { idle: 'NO_AGREEMENT' },
    sentByParent: 0n,
    ...more,
  };
}

export function up(rule: UpMethod, more: Partial<UpRule> = {}): UpRule {
  return { rule, sweepIfShort: false, parentsMoney: 'SWEEP_BACK', whenParentFrozen: 'SKIP', ...more };
}

export function down(rule: DownMethod, more: Partial<DownRule> = {}): DownRule {
  return { rule, partialAllowed: true, ...more };
}

export const zeroBalance = up({ method: 'ZERO_BALANCE' });

export function upTo(target: bigint, more: Partial<DownRule> = {}): DownRule {
  return down({ method: 'TARGET', target, mode: 'CONSTANT' }, more);
}

export interface PlanText {
  /** 'payer → payee amount', and what cut it. */
  readonly legs: string[];
  /** By account: why nothing goes up, why nothing comes down. */
  readonly idle: Record<string, string>;
}

export function plan(nodes: readonly SweepNode[], loans: readonly LoanState[] = []): PlanText {
  const { legs, idle } = planSweeps(nodes, loans);
  return {
    legs: legs.map(({ accountId, parentId, direction, amount, cut }) => {
      const [payer, payee] = direction === 'UP' ? [accountId, parentId] : [parentId, accountId];
      return `${payer} → ${payee} ${amount}${cut ? ` ${cut}` : ''}`;
    }),
    idle: Object.fromEntries(idle.map((one) => [one.accountId, `${one.up}, ${one.down}`])),
  };
}

/** Of a pool in which nothing moves the header says so as well. */
export const still = { HQ: 'NO_CHILD_MOVED, NO_CHILD_MOVED' };
