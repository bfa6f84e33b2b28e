import { isFinal, isRemembered } from '../../../../shared/problems/lasting-answers.ts';
import type { TransferOrder } from '../../../ledger/published.ts';
import { legsText, transferName } from '../posting.ts';
import type { Posting } from '../transaction.ts';
import type { BookingTools } from './role-accounts.ts';
import { NoAccountError, type RoleAccounts, systemCause } from './role-accounts.ts';

/** A posting and under which number it is asked for. */
export interface Asked {
  readonly posting: Posting;
  readonly attempt: number;
}

/** POSTED, or why not. `isSpent`: that number is never booked any more. UNANSWERED: the ledger could not say yet. */
export type Answer =
  | { readonly outcome: 'POSTED' }
  | {
      readonly outcome: 'REFUSED' | 'UNANSWERED';
      readonly code: string;
      readonly detail: string;
      readonly isSpent: boolean;
    };

/** What the ledger says of postings of one tenant, in their order. Throws what finding accounts throws. */
export async function askLedger(
  tools: BookingTools,
  accounts: RoleAccounts,
  tenant: string,
  asked: readonly Asked[],
  now: Date,
): Promise<Answer[]> {
  await accounts.find(
    tools,
    tenant,
    asked.map(({ posting }) => posting),
  );
  const orders = asked.map((one) => orderOf(one, accounts));
  const ready = orders.filter((order) => 'name' in order);
  const results = ready.length === 0 ? [] : await tools.ledger.postTransfers(tenant, ready, now);
  let next = 0;
  return orders.map((order): Answer => {
    if (!('name' in order)) return order;
    const result = results[next++];
    if (!result) throw new Error('The ledger gave no answer.');
    if (result.outcome === 'POSTED') return { outcome: 'POSTED' };
    const { problem } = result;
    const told = { code: problem.code, detail: problem.fields.detail };
    if (!isFinal(problem)) return { outcome: 'UNANSWERED', ...told, isSpent: false };
    return { outcome: 'REFUSED', ...told, isSpent: isRemembered(problem) };
  });
}

/** The order for the ledger. Its fingerprint names roles: it is booked once whatever becomes of the accounts. */
function orderOf({ posting, attempt }: Asked, accounts: RoleAccounts): TransferOrder | Answer {
  const { tenant, marketId, legs } = posting;
  try {
    return {
      name: transferName(posting, attempt),
      fingerprint: legsText(legs),
      legs: legs.map(({ debit, credit, amount }) => ({
        debitAccountId: accounts.accountOf(tenant, marketId, debit),
        creditAccountId: accounts.accountOf(tenant, marketId, credit),
        amount,
        currency: accounts.currencyOf(tenant, marketId),
      })),
      description: '分账 Settlement',
      references: { marketId },
      cause: systemCause,
    };
  } catch (error) {
    if (!(error instanceof NoAccountError)) throw error;
    return { outcome: 'REFUSED', code: 'settlement/account-missing', detail: error.message, isSpent: false };
  }
}
