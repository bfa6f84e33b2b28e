import { formatAmount } from '../../../../shared/money/amount.ts';
import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import type { Evidence, Explanation } from '../decision.ts';
import type { RuleCode } from '../match-rules.ts';
import { clearedWithin } from '../rules/by-terms.ts';
import { explain, explainOnAccount, ruleOfFit } from '../rules/explain.ts';
import { isOn, type Run, termsOf } from '../rules/proposal.ts';
import { suggestionScores } from '../scores.ts';
import { findSets } from '../sets/find-sets.ts';
import { settle } from '../terms/settle.ts';
import { placeOf } from './paid-evidence.ts';

/** Suggested of each kind, at most. */
const ofKindMax = 5;
/** Invoices that one suggestion pays, the oldest due first. */
const oldestMax = 50;

/** Invoices that it cannot pay, named in one suggestion, at most. */
const elsewhereMax = 5;

/** A customer that may have paid, and what says so. */
export interface MaybePayer {
  readonly customerId: string;
  /** Whether it is known, and not only near. */
  readonly isKnown: boolean;
  readonly rule: RuleCode;
  readonly evidence: readonly Evidence[];
}

/**
 * What a customer may have paid: invoices of the amount, sets, invoices less a discount or a charge; and in any case its
 * oldest due first, or, where it owes nothing, all of it on account.
 */
export function fromCustomer(run: Run, of: Case, payer: MaybePayer): Explanation[] {
  const { receipt } = of;
  const { customerId, evidence, isKnown } = payer;
  const account = of.pool.account(customerId);
  const ground = { rule: payer.rule, customerId, evidence };
  if (account.open.length === 0) {
    const owes = [...evidence, ...openElsewhere(run, of, customerId)];
    return isKnown ? [explainOnAccount(of, { ...ground, evidence: owes, score: suggestionScores.ON_ACCOUNT })] : [];
  }
  const terms = termsOf(run, of, customerId);
  const scoreOf = (known: number, maybe: number) => (isKnown ? known : maybe);
  const one = (item: Item, score: number) => {
    const settlement = settle([item], receipt.amount, terms);
    return explain(of, { ...ground, rule: ruleOfFit(settlement, payer.rule), score }, settlement);
  };
  const exact = account.ofAmount(receipt.amount).slice(0, ofKindMax);
  const near = clearedWithin(account, receipt.currency, receipt.amount, terms).slice(0, ofKindMax);
  const sets = isOn(run, 'SET_OF_INVOICES')
    ? findSets(account.open, receipt.amount, terms, run.rules.setCandidatesMax).sets
    : [];
  const oldest = account.open.slice(0, oldestMax);
  const settlement = settle(oldest, receipt.amount, { ...terms, discounts: false, tolerance: undefined });
  return [
    ...exact.map((item) => one(item, scoreOf(suggestionScores.UNPROVED, suggestionScores.MAYBE_PAYER_EXACT))),
    ...sets.map((set) => {
      const score = scoreOf(suggestionScores.UNPROVED_SET, suggestionScores.MAYBE_PAYER_SET);
      return explain(of, { ...ground, rule: 'SET_OF_INVOICES', score }, set.settlement);
    }),
    ...near.map((item) => one(item, scoreOf(suggestionScores.UNPROVED_TERMS, suggestionScores.MAYBE_PAYER_TERMS))),
    explain(
      of,
      {
        ...ground,
        rule: ruleOfFit(settlement, payer.rule),
        score: scoreOf(suggestionScores.OLDEST_FIRST, suggestionScores.MAYBE_PAYER_OTHER),
      },
      settlement,
    ),
  ];
}

/** What a customer owes that the receipt cannot pay: of another entity, or in another currency. */
function openElsewhere({ book }: Run, { receipt, pool }: Case, customerId: string): Evidence[] {
  const items = book.itemsOf(customerId).filter((item) => item.left > 0n && item.pool !== pool);
  const meant = items.slice(0, elsewhereMax).map(placeOf).join(', ');
  return items.length === 0 ? [] : [{ kind: 'AMOUNT', found: formatAmount(receipt.amount, receipt.currency), meant }];
}
