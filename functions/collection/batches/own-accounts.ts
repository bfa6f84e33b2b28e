import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { CollectionTools } from '../tools.ts';

/**
 * The accounts that collecting keeps in the ledger, one of each per currency, opened when they are first needed. The clearing
 * account owes what was collected until the bank's statement shows it; the fee account gathers what banks charge.
 */
export async function ownAccounts(
  { ledger }: CollectionTools,
  tenant: string,
  { currency, holder, cause }: { readonly currency: CurrencyCode; readonly holder: string; readonly cause: Cause },
  now: Date,
): Promise<{ readonly clearingAccountId: string; readonly feeAccountId: string }> {
  const open = (kind: string, purpose: 'CLEARING' | 'FEE', title: string) =>
    ledger.openAccountOnce(
      tenant,
      {
        name: ['collection', kind, currency],
        account: { currency, holder, name: `${title} ${currency}`, purpose },
        constraint: { type: 'NONE' },
        cause,
      },
      now,
    );
  return {
    clearingAccountId: await open('clearing', 'CLEARING', '代收清算 Collections in clearing'),
    feeAccountId: await open('fees', 'FEE', '代收手续费 Collection fees'),
  };
}
