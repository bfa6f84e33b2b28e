import { Book } from './book/book.ts';
import type { Case } from './book/case.ts';
import { compareTexts } from './book/item.ts';
import type { Decision } from './decision.ts';
import type { MatchRules } from './match-rules.ts';
import { normaliseName } from './names/normalise-name.ts';
import type { OpenItems, Unseen } from './open-item.ts';
import { Customers } from './payers/customers.ts';
import type { NameOf } from './payers/identify-payer.ts';
import { readCase } from './payers/read-case.ts';
import { ReferenceIndex } from './references/reference-index.ts';
import { byAmount } from './rules/by-amount.ts';
import { byReference } from './rules/by-reference.ts';
import { bySet } from './rules/by-set.ts';
import { byTerms } from './rules/by-terms.ts';
import { byVirtualAccount } from './rules/by-virtual-account.ts';
import type { Rule, Run } from './rules/proposal.ts';
import { type Outcome, runRule } from './rules/run-rule.ts';
import { decisionOf } from './suggestions/decision-of.ts';
import { Suggester } from './suggestions/suggester.ts';

const nothingUnseen: Unseen = { customers: new Set(), tokens: new Set() };

/** The surest first; each goes over all receipts before the next one begins. */
const rulesInOrder: readonly Rule[] = [byVirtualAccount, byReference, byAmount, bySet, byTerms];

/**
 * What each receipt pays, one decision each, in the order of their ids. Pure, and the same for any order of the input.
 *
 * A receipt is explained by the first rule that finds anything: by the only explanation, at or above the threshold, it is
 * matched; else a person chooses. A rule goes over all receipts before the next, so that a surer one takes an invoice first.
 * Receipts with equal right to the same money are held, all of them; of payments of different days the earlier one is booked,
 * and the later is a DUPLICATE where payer and amount are the same and nothing is left for it. Never across legal entities and
 * currencies, never more than a receipt has or an invoice leaves open, and an amount counts with a known payer only. A part
 * of an invoice is booked where the invoice is named: what does not clear the only one that a payer owes may be a deposit.
 */
export function decideMatches(items: OpenItems, rules: MatchRules): Decision[] {
  return decideRead(readItems(items, rules));
}

/** Open items with all that is read out of them before anything is decided. Good for one decision: that uses them up. */
export interface ReadItems {
  readonly run: Run;
  /** By the ids of the receipts. */
  readonly cases: readonly Case[];
}

/** The first half of `decideMatches`: names and numbers in their normal forms, indexed, and found in the receipts. */
export function readItems(items: OpenItems, rules: MatchRules): ReadItems {
  const normalised = remembering(normaliseName);
  const run = runOf(items, rules, normalised);
  const cases = items.receipts
    .toSorted((one, other) => compareTexts(one.id, other.id))
    .map((receipt) => readCase(run, receipt, normalised));
  return { run, cases };
}

/** The second half: rule after rule. */
export function decideRead({ run, cases }: ReadItems): Decision[] {
  const outcomes = new Map<Case, Outcome>();
  for (const [at, rule] of rulesInOrder.entries()) {
    const waiting = cases.filter((of) => !outcomes.has(of));
    const found = runRule(run, rule, rulesInOrder.slice(at + 1), waiting);
    for (const [of, outcome] of found) outcomes.set(of, outcome);
  }
  const open = cases.filter((of) => outcomes.get(of)?.kind !== 'BOOKED');
  const suggester = new Suggester(run, open);
  return cases.map((of) => decisionOf(run, of, outcomes.get(of), suggester));
}

function runOf(items: OpenItems, rules: MatchRules, normalised: NameOf): Run {
  const book = new Book(items);
  return {
    book,
    customers: new Customers(items.customers, items.virtualAccounts, normalised),
    index: new ReferenceIndex(book.items, (customerId) => book.itemsOf(customerId)),
    rules,
    unseen: items.unseen ?? nothingUnseen,
  };
}

/** The same answers, each asked for once: payers' names come over and over. */
function remembering(answer: NameOf): NameOf {
  const answers = new Map<string, string>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const normalised = answer(name);
    answers.set(name, normalised);
    return normalised;
  };
}
