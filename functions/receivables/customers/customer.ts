import type { Cause } from '../../../shared/http/cause.ts';
import type { PayingCustomer } from '../matching/open-item.ts';

/** Someone who is invoiced. */
export interface Customer extends PayingCustomer {
  readonly tenant: string;
  /** The tenant's own number of it: there is one of each number. */
  readonly number: string;
  /** Account numbers as they may be shown, in the order of `accountKeys`. */
  readonly accountsMasked: readonly string[];
  readonly references: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
  readonly cause: Cause;
}
