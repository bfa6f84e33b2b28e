import type { Case } from '../book/case.ts';
import { compareTexts, type Item } from '../book/item.ts';
import type { Pool } from '../book/pool.ts';
import type { ExceptionReason, Explanation } from '../decision.ts';
import { explain, explainOnAccount } from '../rules/explain.ts';
import type { Run } from '../rules/proposal.ts';
import { suggestionScores } from '../scores.ts';
import { settle } from '../terms/settle.ts';
import { fromCustomer } from './from-customer.ts';
import { fromReferences } from './from-references.ts';
import { maybePayers, nearNamesOf } from './maybe-payers.ts';
import { paidEvidence } from './paid-evidence.ts';

/** Suggestions of one receipt, at most. */
export const suggestionsMax = 10;
/** Invoices of any customer that have the amount, suggested where they are no more. */
const amountOnlyMax = 3;

/** Says what receipts that are not matched may pay, as the book stands after all rules. */
export class Suggester {
  readonly #run: Run;
  readonly #near: ReadonlyMap<string, readonly string[]>;
  #byAmount: Map<Pool, Map<bigint, Item[]>> | undefined;

  /** All receipts that will be asked for: their names are compared with the customers' in one pass. */
  constructor(run: Run, open: readonly Case[]) {
    this.#run = run;
    this.#near = nearNamesOf(run, open);
  }

  /** The best first, equal ones by customer and invoices; none twice. Of what needs no invoice only that it goes on account. */
  suggest(of: Case, reason: ExceptionReason | undefined): Explanation[] {
    const evidence = paidEvidence(of, reason);
    if (evidence) {
      const { customerId, found } = evidence;
      const ground = { rule: 'REFERENCE', score: suggestionScores.ON_ACCOUNT, customerId, evidence: found } as const;
      return [explainOnAccount(of, ground)];
    }
    const payers = maybePayers(this.#run, of, this.#near);
    const explained = [
      ...fromReferences(this.#run, of),
      ...payers.flatMap((payer) => fromCustomer(this.#run, of, payer)),
    ];
    const all = explained.length > 0 ? explained : this.#ofAmountOnly(of);
    return distinct(all.sort(compareExplanations)).slice(0, suggestionsMax);
  }

  #ofAmountOnly(of: Case): Explanation[] {
    this.#byAmount ??= openByAmount(this.#run.book.items);
    const items = this.#byAmount.get(of.pool)?.get(of.receipt.amount) ?? [];
    if (items.length > amountOnlyMax) return [];
    const terms = { paidOn: of.receipt.paidOn, tolerance: undefined, discounts: false };
    return items.map((item) => {
      const { customerId } = item.invoice;
      const ground = {
        rule: 'NAME_AND_AMOUNT',
        score: suggestionScores.AMOUNT_ONLY,
        customerId,
        evidence: [],
      } as const;
      return explain(of, ground, settle([item], of.receipt.amount, terms));
    });
  }
}

function openByAmount(items: readonly Item[]): Map<Pool, Map<bigint, Item[]>> {
  const pools = Map.groupBy(
    items.filter(({ left }) => left > 0n),
    ({ pool }) => pool,
  );
  return new Map([...pools].map(([pool, open]) => [pool, Map.groupBy(open, ({ left }) => left)]));
}

function compareExplanations(one: Explanation, other: Explanation): number {
  return (
    other.score - one.score ||
    compareTexts(one.customerId, other.customerId) ||
    compareTexts(keyOf(one), keyOf(other)) ||
    compareTexts(one.rule, other.rule)
  );
}

function distinct(sorted: readonly Explanation[]): Explanation[] {
  const seen = new Set<string>();
  return sorted.filter((explanation) => {
    const key = `${explanation.customerId} ${keyOf(explanation)}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function keyOf({ allocations }: Explanation): string {
  return allocations
    .map(({ invoiceId, cash, discount, charge }) => `${invoiceId}/${cash}/${discount}/${charge}`)
    .join();
}
