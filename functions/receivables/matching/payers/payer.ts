import type { Evidence } from '../decision.ts';
import type { RuleCode } from '../match-rules.ts';
import type { VirtualAccount } from '../open-item.ts';

/** Who paid, and what says so. */
export interface Payer {
  /** The one customer that it is; absent where nothing says it, or two things contradict each other. */
  readonly customerId?: string;
  readonly by?: 'VIRTUAL_ACCOUNT' | 'ACCOUNT' | 'NAME';
  /** Customers that share the account or the name, or that contradict each other: each may be it, none is known to be. */
  readonly among: readonly string[];
  readonly virtualAccount?: VirtualAccount;
  /** Normalised; empty without one. */
  readonly name: string;
  readonly evidence: readonly Evidence[];
}

const ruleOf = {
  VIRTUAL_ACCOUNT: 'VIRTUAL_ACCOUNT',
  ACCOUNT: 'KNOWN_ACCOUNT_AND_AMOUNT',
  NAME: 'NAME_AND_AMOUNT',
} as const satisfies Record<NonNullable<Payer['by']>, RuleCode>;

/** The rule by which an exact amount of a known payer is explained. */
export function amountRuleOf({ by }: Payer): RuleCode | undefined {
  return by && ruleOf[by];
}
