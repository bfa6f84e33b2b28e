import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { SplitRule } from '../splits/split-rule.ts';

/** What a split rule (分账规则) is over all of its versions. */
export interface RuleHead {
  readonly tenant: string;
  readonly id: string;
  readonly marketId: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  /** The number of its last version. */
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** A version as it was made. */
export interface RuleVersion extends SplitRule {
  readonly createdAt: string;
  readonly cause: Cause;
}

export interface StoredRule {
  readonly head: RuleHead;
  /** In the order of their numbers; one at least. */
  readonly versions: readonly RuleVersion[];
}
