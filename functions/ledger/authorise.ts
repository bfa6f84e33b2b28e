import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { presentAmount } from '../../shared/money/present.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { type AccountState, applyDelta, availableOf, isBound, keepsConstraint } from './account.ts';
import { findBrokenBook } from './check-books.ts';
import { findUnmetGuard } from './check-guards.ts';
import { findForeignOwner } from './check-owner.ts';
import type { Command } from './commands.ts';
import { type AcceptedTransfer, type Refused, refuse, type TargetUpdate, type World } from './decision.ts';
import { problems } from './problems.ts';
import { accountsOf, effectOn, type TransferContent } from './transfer.ts';
import { lowestBalance, withMovement } from './value-dates.ts';

/**
 * Authorises a transfer against the accounts it touches. All legs take effect at once, so the constraint is asked of the
 * net effect on each account. Faults are looked for in this order: account not found, wrong currency, another's account,
 * closed, frozen, rules of books, insufficient funds, insufficient funds at the value date, guards; within a kind by leg, the debit side
 * first. (The order follows TigerBeetle's published precedence.) On success the world has moved on.
 *
 * What a capability holds it can always post: an account with anything pending is neither closed nor put in a book, what is
 * posted was not available any more, and a frozen account gives what was set aside before.
 */
export function authorise(
  world: World,
  command: Command,
  transfer: TransferContent,
  target?: TargetUpdate,
): AcceptedTransfer | Refused {
  const problem =
    findMissingAccount(world, transfer) ??
    findWrongCurrency(world, transfer) ??
    findOwnedAccount(world, command, transfer) ??
    findClosedAccount(world, transfer) ??
    findFrozenAccount(world, transfer) ??
    findBrokenBook(world.accounts, command, transfer) ??
    findMissingFunds(world, transfer) ??
    findMissingFundsAtValueDate(world, transfer) ??
    findUnmetGuard(world.accounts, transfer, command.command === 'TRANSFER' ? (command.guards ?? []) : []);
  if (problem) return refuse(command, problem, accountsOf(transfer));

  const accounts = accountsOf(transfer).map((id) => stateOf(world, id));
  const states = accounts
    .filter((account) => !account.hot)
    .map((account) => applyDelta(account, effectOn(transfer, account.accountId)));
  const recorded = accounts
    .filter((account) => account.hot)
    .map(({ accountId }) => ({ accountId, delta: effectOn(transfer, accountId) }));
  for (const state of states) moveOn(world, transfer, state);
  return { outcome: 'TRANSFER', command, transfer, states, recorded, ...(target && { target }) };
}

function moveOn(world: World, transfer: TransferContent, state: AccountState): void {
  world.accounts.set(state.accountId, state);
  const history = world.histories.get(state.accountId);
  if (!history || history === 'TOO_LONG') return;
  const { posted } = effectOn(transfer, state.accountId);
  world.histories.set(state.accountId, withMovement(history, transfer.valueDate, posted));
}

function stateOf(world: World, accountId: string): AccountState {
  const state = world.accounts.get(accountId);
  if (!state) throw new Error(`The account ${accountId} was not read before the decision.`);
  return state;
}

/** Each side of each leg, with the pointer to it in the request. */
function sidesOf(transfer: TransferContent) {
  return transfer.legs.flatMap((leg, index) => [
    { leg, side: 'DEBIT' as const, accountId: leg.debitAccountId, pointer: `/legs/${index}/debitAccountId` },
    { leg, side: 'CREDIT' as const, accountId: leg.creditAccountId, pointer: `/legs/${index}/creditAccountId` },
  ]);
}

function findMissingAccount(world: World, transfer: TransferContent): Problem | undefined {
  for (const { accountId, pointer } of sidesOf(transfer)) {
    if (world.accounts.has(accountId)) continue;
    const detail = `There is no account ${accountId}.`;
    return problems['account-not-found'].with({ detail, accountId }).at({ pointer, detail });
  }
  return undefined;
}

function findWrongCurrency(world: World, transfer: TransferContent): Problem | undefined {
  for (const { leg, accountId, pointer } of sidesOf(transfer)) {
    const { currency } = stateOf(world, accountId);
    if (currency === leg.currency) continue;
    const detail = `The account ${accountId} is held in ${currency}, the amount is in ${leg.currency}.`;
    return problems['currency-mismatch'].with({ detail, accountId, currency }).at({ pointer, detail });
  }
  return undefined;
}

/** A hold may always be released, whatever became of the account meanwhile. */
function isRelease(transfer: TransferContent): boolean {
  return transfer.type === 'VOID' || transfer.type === 'EXPIRE';
}

/** What a capability holds was set aside before the account was frozen, and others count on it: it is posted all the same. */
function isSetAside({ transfers }: World, { type, pendingId }: TransferContent): boolean {
  return type === 'POST' && pendingId !== undefined && transfers.get(pendingId)?.owner !== undefined;
}

/** Who may end a hold was seen to before, and everybody may see one expire. */
function findOwnedAccount(world: World, command: Command, transfer: TransferContent): Problem | undefined {
  if (isRelease(transfer)) return undefined;
  for (const { accountId, pointer, side } of sidesOf(transfer)) {
    const account = stateOf(world, accountId);
    // What was paid in by mistake is taken back as everything is.
    if (account.takesCredits && (side === 'CREDIT' || transfer.type === 'REVERSAL')) continue;
    const problem = findForeignOwner(account, command, pointer);
    if (problem) return problem;
  }
  return undefined;
}

function findClosedAccount(world: World, transfer: TransferContent): Problem | undefined {
  if (isRelease(transfer)) return undefined;
  const side = sidesOf(transfer).find(({ accountId }) => stateOf(world, accountId).status === 'CLOSED');
  if (!side) return undefined;
  const detail = `The account ${side.accountId} is closed.`;
  return problems['account-closed'].with({ detail, accountId: side.accountId }).at({ pointer: side.pointer, detail });
}

function findFrozenAccount(world: World, transfer: TransferContent): Problem | undefined {
  if (isRelease(transfer) || isSetAside(world, transfer)) return undefined;
  const side = sidesOf(transfer).find(
    (one) => one.side === 'DEBIT' && stateOf(world, one.accountId).status === 'FROZEN',
  );
  if (!side) return undefined;
  const detail = `The account ${side.accountId} is frozen: it takes credits only.`;
  return problems['account-frozen'].with({ detail, accountId: side.accountId }).at({ pointer: side.pointer, detail });
}

function debitSides(transfer: TransferContent) {
  return sidesOf(transfer).filter(({ side }) => side === 'DEBIT');
}

function findMissingFunds(world: World, transfer: TransferContent): Problem | undefined {
  for (const { accountId, pointer } of debitSides(transfer)) {
    const before = stateOf(world, accountId);
    if (before.hot) continue;
    const after = applyDelta(before, effectOn(transfer, accountId));
    const required = availableOf(before) - availableOf(after);
    if (required <= 0n || keepsConstraint(after)) continue;
    const available = presentAmount(availableOf(before), before.currency);
    const detail = `The account ${accountId} has ${available.amount} ${before.currency} available.`;
    return problems['insufficient-funds']
      .with({ detail, accountId, available, required: presentAmount(required, before.currency) })
      .at({ pointer, detail });
  }
  return undefined;
}

/**
 * The balance by value date must keep the floor on every day since. What is held or frozen today counts on all of them:
 * when it was set aside makes no difference to what may be spent.
 */
function findMissingFundsAtValueDate(world: World, transfer: TransferContent): Problem | undefined {
  const bookingDate = businessDateOf(new Date(transfer.bookedAt));
  if (transfer.valueDate === bookingDate) return undefined;
  for (const { accountId, pointer } of debitSides(transfer)) {
    const before = stateOf(world, accountId);
    const effect = effectOn(transfer, accountId);
    if (before.hot || !isBound(before) || effect.posted >= 0n) continue;
    const history = world.histories.get(accountId);
    if (!history || history === 'TOO_LONG') {
      const detail = `The account ${accountId} has too many postings since ${transfer.valueDate}.`;
      return problems['value-date-too-busy'].with({ detail, accountId }).at({ pointer, detail });
    }
    const lowest = lowestBalance(history, transfer.valueDate, bookingDate);
    const after = applyDelta(before, effect);
    const availableThen = availableOf({ ...after, posted: lowest });
    if (availableThen + effect.posted >= 0n) continue;
    const available = presentAmount(availableThen, before.currency);
    const detail = `Between ${transfer.valueDate} and ${bookingDate} the account ${accountId} had as little as ${available.amount} ${before.currency} available by value date.`;
    return problems['insufficient-funds-at-value-date']
      .with({ detail, accountId, available, required: presentAmount(-effect.posted, before.currency) })
      .at({ pointer, detail });
  }
  return undefined;
}
