import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { presentShortfall } from '../markets/present-market.ts';
import type { Merchant } from './merchant.ts';

/** What is to be different; what is not there stays, and what is null is taken away. */
export interface MerchantChange extends Partial<Pick<Merchant, 'name' | 'payout' | 'state'>> {
  readonly clawBackSince?: string | null;
  readonly shortfall?: Merchant['shortfall'] | null;
}

/** The merchant as it is to be; undefined where it is so already. */
export function changeMerchant(
  before: Merchant,
  change: MerchantChange,
  on: { readonly at: string; readonly cause: Cause },
): Merchant | undefined {
  const { clawBackSince: since, shortfall: own, ...facts } = before;
  const { clawBackSince = since, shortfall = own, ...rest } = change;
  const next: Merchant = {
    ...facts,
    ...rest,
    ...defined({ clawBackSince: clawBackSince ?? undefined, shortfall: shortfall ?? undefined }),
  };
  if (textOf(next) === textOf(before)) return undefined;
  return { ...next, revision: before.revision + 1, changedAt: on.at, cause: on.cause };
}

function textOf({ shortfall, cause: _, ...merchant }: Merchant): string {
  return canonicalJson({ ...merchant, ...(shortfall && { shortfall: presentShortfall(shortfall) }) });
}
