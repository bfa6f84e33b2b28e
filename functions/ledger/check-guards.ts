import { presentAmount } from '../../shared/money/present.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { type AccountState, applyDelta } from './account.ts';
import type { Guard } from './commands.ts';
import { freeOf } from './free-of.ts';
import { problems } from './problems.ts';
import { accountsOf, effectOn, type TransferContent } from './transfer.ts';

/**
 * The first guard that does not hold of the accounts as the transfer leaves them. Bounds are inclusive, minor units.
 *
 * Throws where a guard can say nothing: on an account that the transfer does not touch, whose state the transaction does
 * not pin, and on a hot account, against which nothing is authorised. Both are faults of the caller's program.
 */
export function findUnmetGuard(
  accounts: ReadonlyMap<string, AccountState>,
  transfer: TransferContent,
  guards: readonly Guard[],
): Problem | undefined {
  const touched = new Set(guards.length > 0 ? accountsOf(transfer) : []);
  for (const guard of guards) {
    const before = accounts.get(guard.accountId);
    if (!before || !touched.has(guard.accountId)) {
      throw new Error(`A guard names ${guard.accountId}, which the transfer ${transfer.id} does not touch.`);
    }
    if (before.hot) throw new Error(`A guard names the hot account ${guard.accountId}.`);
    const problem = findUnmetBound(guard, applyDelta(before, effectOn(transfer, guard.accountId)));
    if (problem) return problem;
  }
  return undefined;
}

function findUnmetBound({ freeMin, postedMin, postedMax }: Guard, after: AccountState): Problem | undefined {
  const free = freeOf(after);
  if (freeMin !== undefined && free < freeMin) return unmet(after, 'FREE_MIN', freeMin, free);
  if (postedMin !== undefined && after.posted < postedMin) return unmet(after, 'POSTED_MIN', postedMin, after.posted);
  if (postedMax !== undefined && after.posted > postedMax) return unmet(after, 'POSTED_MAX', postedMax, after.posted);
  return undefined;
}

const wording = {
  FREE_MIN: ['free', 'at least'],
  POSTED_MIN: ['posted', 'at least'],
  POSTED_MAX: ['posted', 'at most'],
} as const;

function unmet(
  { accountId, currency }: AccountState,
  condition: keyof typeof wording,
  bound: bigint,
  figure: bigint,
): Problem {
  const required = presentAmount(bound, currency);
  const found = presentAmount(figure, currency);
  const [what, relation] = wording[condition];
  const detail = `After the transfer the account ${accountId} would have ${found.amount} ${currency} ${what}; the condition is ${relation} ${required.amount}.`;
  return problems['condition-not-met'].with({ detail, accountId, condition, required, found });
}
