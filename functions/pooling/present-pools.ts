import { presentAmount } from '../../shared/money/present.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { LedgerAccount } from '../ledger/published.ts';
import type { SweptTree } from './members/investment.ts';
import type { Payment } from './payments/payment.ts';
import type { Member, MemberState, Pool } from './pool.ts';
import { stateOf } from './sweeps/member-states.ts';

/** Pools and payments as the API shows them: decimal strings with their currency. */
export function presentPool(pool: Pool) {
  const { id, name, currency, kind, headerAccountId, rootAccountId, book, members, configVersion } = pool;
  const { lastRun, nextRun, missedRun, createdAt, changedAt } = pool;
  const next = nextRun && 'fault' in nextRun ? { fault: nextRun.fault, date: nextRun.date } : nextRun;
  return {
    id,
    name,
    currency,
    kind,
    headerAccountId,
    rootAccountId,
    ...defined({ clearingAccountId: book?.clearingAccountId }),
    members,
    version: configVersion,
    ...defined({ lastRun, nextRun: next, missedRun }),
    createdAt,
    changedAt,
  };
}

export interface TreeFigures {
  readonly accounts: ReadonlyMap<string, LedgerAccount>;
  readonly states: ReadonlyMap<string, MemberState>;
}

/** The tree as one reads it: each account with those below it behind it, siblings by priority. */
export function presentTree({ rootAccountId, configuration }: SweptTree, figures: TreeFigures) {
  const childrenOf = Map.groupBy(configuration.members, ({ parentId }) => parentId);
  const rows: (ReturnType<typeof presentNode> & { parentAccountId?: string })[] = [];
  const below = childrenOf.get(rootAccountId) ?? [];
  const held = below.reduce((sum, member) => sum + stateOf(figures.states, member).position, 0n);
  const header = { entity: configuration.header.entity, reserve: configuration.header.reserve, priority: 0 };
  rows.push(presentNode(rootAccountId, 0, header, -held, figures));
  const open = below.toSorted(byPriority).map((member) => ({ member, level: 1 }));
  for (let next = open.shift(); next; next = open.shift()) {
    const { member, level } = next;
    const { position } = stateOf(figures.states, member);
    rows.push({ ...presentNode(member.accountId, level, member, position, figures), parentAccountId: member.parentId });
    const children = (childrenOf.get(member.accountId) ?? []).toSorted(byPriority);
    open.unshift(...children.map((child) => ({ member: child, level: level + 1 })));
  }
  return rows;
}

function byPriority(one: Member, other: Member): number {
  return one.priority - other.priority || (one.accountId < other.accountId ? -1 : 1);
}

function presentNode(
  accountId: string,
  level: number,
  terms: Pick<Member, 'entity' | 'reserve' | 'priority'>,
  position: bigint,
  { accounts }: TreeFigures,
) {
  const account = accounts.get(accountId);
  if (!account) throw new Error(`The account ${accountId} of the pool is not in the ledger.`);
  const { currency, status, posted, pendingOut, frozen, floor, name, holder } = account;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    accountId,
    level,
    ...defined({ name }),
    entity: terms.entity || holder,
    currency,
    status,
    posted: show(posted),
    held: show(pendingOut),
    frozen: show(frozen),
    available: show(posted - pendingOut - frozen),
    ...(floor !== undefined && { debitable: show(posted - pendingOut - frozen - floor) }),
    reserve: show(terms.reserve),
    position: show(position),
    priority: terms.priority,
  };
}

/** What the accounts of the tree hold together, by currency. */
export function presentTotals(accounts: Iterable<LedgerAccount>) {
  const totals = new Map<string, { posted: bigint; available: bigint }>();
  for (const { currency, posted, pendingOut, frozen } of accounts) {
    const before = totals.get(currency) ?? { posted: 0n, available: 0n };
    totals.set(currency, {
      posted: before.posted + posted,
      available: before.available + posted - pendingOut - frozen,
    });
  }
  return [...totals].map(([currency, { posted, available }]) => ({
    currency,
    posted: presentAmount(posted, currency),
    available: presentAmount(available, currency),
  }));
}

export function presentPayment(payment: Payment) {
  const { id, poolId, status, accountId, creditAccountId, amount, currency, funding, transferId } = payment;
  const { refusal, description, references, madeAt } = payment;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const funded = funding.find((one) => one.accountId === accountId)?.amount ?? 0n;
  return {
    id,
    poolId,
    status,
    accountId,
    creditAccountId,
    amount: show(amount),
    ...(status !== 'REFUSED' && { own: show(amount > funded ? amount - funded : 0n), funded: show(funded) }),
    funding: funding.map((one) => ({
      debitAccountId: one.parentId,
      creditAccountId: one.accountId,
      amount: show(one.amount),
    })),
    ...defined({ transferId, description }),
    ...(refusal && { refusal: { detail: refusal.detail, ...defined({ reason: refusal.reason, code: refusal.code }) } }),
    references,
    madeAt,
  };
}
