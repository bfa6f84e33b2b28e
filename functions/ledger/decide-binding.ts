import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import type { AccountState } from './account.ts';
import { authorise } from './authorise.ts';
import { findForeignOwner } from './check-owner.ts';
import type { BindBook } from './commands.ts';
import { type Decision, refuse, type World } from './decision.ts';
import { problems } from './problems.ts';
import type { TransferContent } from './transfer.ts';

/**
 * Makes an account the REAL one of a book. Its posted balance is posted to the book's main ledger at once (control → main
 * for a balance above zero, main → control below it, nothing at zero), so that from its first moment the ledgers of the
 * book add up to the real balance. The balance is the one decided on: should it move before this is written, the decision
 * is taken anew on the balance that then is.
 *
 * The control account names the real one from now on. It names one for ever, and an account is in one book for ever.
 */
export function decideBinding(world: World, command: BindBook, now: Date): Decision {
  const { realAccountId, controlAccountId, mainLedgerId } = command;
  const parties = [realAccountId, controlAccountId, mainLedgerId];
  const [real, control, main] = parties.map((id) => world.accounts.get(id));
  if (!real || !control || !main) return refuse(command, notFound(world, parties), parties);
  const owned =
    findForeignOwner(real, command, '/realAccountId') ??
    findForeignOwner(control, command, '/controlAccountId') ??
    findForeignOwner(main, command, '/mainLedgerId');
  if (owned) return refuse(command, owned, parties);
  const unfit = findUnfit(command, { real, control, main });
  if (unfit !== undefined) return refuse(command, problems['book-not-allowed'].with({ detail: unfit }), parties);

  const bind = (state: AccountState): AccountState => {
    if (state.accountId === realAccountId) return { ...state, book: { id: command.bookId, role: 'REAL' } };
    if (state.accountId !== controlAccountId) return state;
    return { ...state, book: { id: command.bookId, role: 'CONTROL', realAccountId } };
  };
  const changed = [bind(real), bind(control)] as const;
  if (real.posted === 0n) {
    for (const state of changed) world.accounts.set(state.accountId, state);
    return { outcome: 'CHANGE', command, state: changed[0], others: [changed[1]] };
  }
  const decision = authorise(world, command, openingOf(real, command, now));
  if (decision.outcome === 'REFUSED') return decision;
  const states = [changed[0], ...decision.states.map(bind)];
  for (const state of states) world.accounts.set(state.accountId, state);
  return { ...decision, states, changed: [realAccountId, controlAccountId] };
}

function notFound(world: World, parties: readonly string[]): Problem {
  const accountId = parties.find((id) => !world.accounts.has(id)) ?? '';
  return problems['account-not-found'].with({ detail: `There is no account ${accountId}.`, accountId });
}

/** Why these accounts cannot make a book, in words. */
function findUnfit(
  { bookId }: BindBook,
  { real, control, main }: Record<'real' | 'control' | 'main', AccountState>,
): string | undefined {
  const is = (account: AccountState, role: string) => account.book?.id === bookId && account.book.role === role;
  const reasons: readonly (readonly [boolean, string])[] = [
    [real.status === 'CLOSED', `The account ${real.accountId} is closed.`],
    [real.hot, `The account ${real.accountId} is hot; the ledgers of a book add up to its real balance at once.`],
    [real.book !== undefined, `The account ${real.accountId} is in the book ${real.book?.id} already.`],
    [real.pendingIn !== 0n || real.pendingOut !== 0n, `The account ${real.accountId} has pending amounts.`],
    [!is(control, 'CONTROL'), `The account ${control.accountId} is not the control account of the book ${bookId}.`],
    [!is(main, 'LEDGER'), `The account ${main.accountId} is not a ledger of the book ${bookId}.`],
    [control.book?.realAccountId !== undefined, `The book ${bookId} has its real account already.`],
    [control.posted !== 0n, `The control account ${control.accountId} is not at zero.`],
    [
      control.currency !== real.currency || main.currency !== real.currency,
      `The account ${real.accountId} is held in ${real.currency}, the book's control account or main ledger is not.`,
    ],
  ];
  return reasons.find(([applies]) => applies)?.[1];
}

function openingOf(real: AccountState, command: BindBook, now: Date): TransferContent {
  const { controlAccountId, mainLedgerId } = command;
  const [debitAccountId, creditAccountId] =
    real.posted > 0n ? [controlAccountId, mainLedgerId] : [mainLedgerId, controlAccountId];
  const amount = real.posted > 0n ? real.posted : -real.posted;
  return {
    id: command.id,
    type: 'TRANSFER',
    mode: 'POSTED',
    legs: [{ debitAccountId, creditAccountId, amount, currency: real.currency }],
    valueDate: businessDateOf(now),
    bookedAt: now.toISOString(),
    references: { book: command.bookId },
    cause: command.cause,
  };
}
