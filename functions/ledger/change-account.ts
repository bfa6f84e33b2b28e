import { formatAmount } from '../../shared/money/amount.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { type AccountState, availableOf, keepsConstraint } from './account.ts';
import { findForeignOwner } from './check-owner.ts';
import type { ChangeAccount } from './commands.ts';
import { type Decision, refuse, type World } from './decision.ts';
import { problems } from './problems.ts';

/**
 * Changes status, constraint or frozen amount. Freezing may exceed the balance: what arrives later is frozen too, until
 * the amount is reached. A closed account stays closed.
 */
export function decideChange(world: World, command: ChangeAccount): Decision {
  const before = world.accounts.get(command.accountId);
  if (!before) {
    const detail = `There is no account ${command.accountId}.`;
    return refuse(command, problems['account-not-found'].with({ detail, accountId: command.accountId }));
  }
  const after: AccountState = {
    ...before,
    status: command.status ?? before.status,
    constraint: command.constraint ?? before.constraint,
    frozen: before.frozen + (command.freeze ?? 0n),
  };
  const problem =
    findClosed(before) ??
    findOwned(before, command) ??
    findOverUnfreezing(before, after) ??
    findHotLimit(after) ??
    findBrokenConstraint(command, after) ??
    findNotEmpty(after);
  if (problem) return refuse(command, problem, [command.accountId]);
  world.accounts.set(after.accountId, after);
  return { outcome: 'CHANGE', command, state: after };
}

function findClosed(before: AccountState): Problem | undefined {
  if (before.status !== 'CLOSED') return undefined;
  return problems['account-closed'].with({ detail: `The account ${before.accountId} is closed.` });
}

/** Freezing is a matter of courts, not of who owns the account; its constraint and its end are the owner's. */
function findOwned(before: AccountState, command: ChangeAccount): Problem | undefined {
  if (command.constraint) return findForeignOwner(before, command, '/constraint');
  return command.status === 'CLOSED' ? findForeignOwner(before, command, '/status') : undefined;
}

/** A posting to a hot account does not look at its state, so no state may promise to keep it off. */
function findHotLimit(after: AccountState): Problem | undefined {
  const pointer = after.constraint.type !== 'NONE' ? '/constraint' : after.frozen > 0n ? '/freeze' : '/status';
  const isFree = after.constraint.type === 'NONE' && after.frozen === 0n && after.status !== 'CLOSED';
  if (!after.hot || isFree) return undefined;
  const detail = `The account ${after.accountId} is hot.`;
  return problems['hot-account-not-authorised'].with({ detail }).at({ pointer, detail });
}

function findOverUnfreezing(before: AccountState, after: AccountState): Problem | undefined {
  if (after.frozen >= 0n) return undefined;
  const frozen = { amount: formatAmount(before.frozen, before.currency), currency: before.currency };
  const detail = `The account ${before.accountId} has ${frozen.amount} ${frozen.currency} frozen.`;
  return problems['unfreeze-exceeds-frozen'].with({ detail, frozen }).at({ pointer: '/unfreeze', detail });
}

function findBrokenConstraint(command: ChangeAccount, after: AccountState): Problem | undefined {
  if (!command.constraint || keepsConstraint({ ...after, frozen: 0n })) return undefined;
  const short = availableOf({ ...after, frozen: 0n });
  const detail = `The balance is ${formatAmount(-short, after.currency)} ${after.currency} short of the new constraint.`;
  return problems['constraint-not-met'].with({ detail }).at({ pointer: '/constraint', detail });
}

function findNotEmpty(after: AccountState): Problem | undefined {
  if (after.status !== 'CLOSED') return undefined;
  const { posted, pendingIn, pendingOut, frozen } = after;
  const isEmpty = posted === 0n && pendingIn === 0n && pendingOut === 0n && frozen === 0n;
  if (isEmpty) return undefined;
  return problems['account-not-empty'].with({
    detail: `The account ${after.accountId} still has a balance, holds or a frozen amount.`,
  });
}
