import type { Case } from '../book/case.ts';
import { compareTexts } from '../book/item.ts';
import { isSamePayer, paymentOf } from '../book/payment.ts';
import type { ExceptionReason, Explanation } from '../decision.ts';
import { contested } from './contested.ts';
import { hold, type Proposal, type Rule, type Run } from './proposal.ts';

/** How a receipt came out of a rule. */
export type Outcome =
  | { readonly kind: 'BOOKED'; readonly explanation: Explanation }
  | { readonly kind: 'HELD'; readonly reason: ExceptionReason; readonly customerId?: string };

interface Proposed {
  readonly of: Case;
  readonly proposal: Proposal;
}

/**
 * One rule over all receipts that no rule before has explained. The surer proposals come first, equal ones by the day of the
 * payment, and each group is seen against the book as the groups before have left it. Within a group nobody comes first:
 * receipts that together claim more of an invoice than is open are all held. So the order of the input decides nothing.
 */
export function runRule(run: Run, rule: Rule, waiting: readonly Case[]): Map<Case, Outcome> {
  const outcomes = new Map<Case, Outcome>();
  for (const group of groups(run, rule, waiting)) {
    const now = group.flatMap((of) => {
      const proposal = rule(run, of);
      return proposal ? [{ of, proposal: underThreshold(run, proposal) }] : [];
    });
    const claims = now.filter(({ proposal }) => proposal.kind === 'CLAIM');
    const lost = contested(run, claims.map(asClaim));
    for (const { of, proposal } of now) {
      if (proposal.kind === 'HOLD') outcomes.set(of, held(proposal));
      else if (lost.has(of)) outcomes.set(of, held(lostProposal(proposal, of, lost.get(of) ?? [])));
    }
    bookAll(
      run,
      rule,
      claims.filter(({ of }) => !lost.has(of)),
      outcomes,
    );
  }
  return outcomes;
}

/** Receipts for which the rule finds something, in groups of equal right. Those within are in the order of their ids. */
function groups(run: Run, rule: Rule, waiting: readonly Case[]): Case[][] {
  const byRight = new Map<string, { score: number; day: string; cases: Case[] }>();
  for (const of of waiting) {
    const proposal = rule(run, of);
    if (!proposal) continue;
    const [score, day] = [proposal.score, of.receipt.paidOn];
    const group = byRight.get(`${score} ${day}`);
    if (group) group.cases.push(of);
    else byRight.set(`${score} ${day}`, { score, day, cases: [of] });
  }
  return [...byRight.values()]
    .sort((one, other) => other.score - one.score || compareTexts(one.day, other.day))
    .map(({ cases }) => cases);
}

/**
 * Books claims that do not stand in each other's way, the larger receipt first. Where one has paid a part of an invoice the
 * next of the group is seen anew, so that the last one of a day may clear it with a charge or the discount.
 */
function bookAll(run: Run, rule: Rule, claims: readonly Proposed[], outcomes: Map<Case, Outcome>): void {
  const paid = new Set<string>();
  for (const proposed of claims.toSorted(byAmountThenId)) {
    const { explanation } = asClaim(proposed);
    const isTouched = explanation.allocations.some(({ invoiceId }) => paid.has(invoiceId));
    const booked = isTouched ? anew(run, rule, proposed.of, explanation) : explanation;
    run.book.post(proposed.of, booked);
    for (const { invoiceId } of booked.allocations) paid.add(invoiceId);
    outcomes.set(proposed.of, { kind: 'BOOKED', explanation: booked });
  }
}

/** The explanation as the book stands now, as long as it is of the same invoices. */
function anew(run: Run, rule: Rule, of: Case, before: Explanation): Explanation {
  const proposal = rule(run, of);
  if (proposal?.kind !== 'CLAIM' || proposal.score < run.rules.threshold) return before;
  const ids = new Set(before.allocations.map(({ invoiceId }) => invoiceId));
  return proposal.explanation.allocations.every(({ invoiceId }) => ids.has(invoiceId)) ? proposal.explanation : before;
}

function underThreshold({ rules }: Run, proposal: Proposal): Proposal {
  if (proposal.kind === 'HOLD' || proposal.score >= rules.threshold) return proposal;
  return hold(proposal.score, 'AMBIGUOUS', proposal.explanation.customerId);
}

function asClaim({ of, proposal }: Proposed) {
  if (proposal.kind !== 'CLAIM') throw new TypeError('A held receipt claims nothing.');
  return { of, explanation: proposal.explanation };
}

/** The same payer with the same amount and the same numbers is the same money twice, as far as anybody can see. */
function lostProposal(
  { score, ...proposal }: Proposal & { kind: 'CLAIM' },
  of: Case,
  others: readonly Case[],
): Proposal {
  const isTwice = others.every((other) => isRepetition(of, other));
  return hold(score, isTwice ? 'DUPLICATE' : 'AMBIGUOUS', proposal.explanation.customerId);
}

function isRepetition(one: Case, other: Case): boolean {
  const [payment, second] = [one, other].map(({ receipt, payer }) => paymentOf(receipt, payer.customerId, payer.name));
  if (!payment || !second || payment.amount !== second.amount || !isSamePayer(payment, second)) return false;
  return tokensOf(one) === tokensOf(other);
}

function tokensOf({ references }: Case): string {
  return [...new Set(references.hits.map(({ token }) => token))].sort().join(' ');
}

function held(proposal: Proposal): Outcome {
  if (proposal.kind !== 'HOLD') throw new TypeError('A claim is booked or lost.');
  const { reason, customerId } = proposal;
  return { kind: 'HELD', reason, ...(customerId !== undefined && { customerId }) };
}

function byAmountThenId({ of: { receipt: one } }: Proposed, { of: { receipt: other } }: Proposed): number {
  if (one.amount !== other.amount) return one.amount > other.amount ? -1 : 1;
  return compareTexts(one.id, other.id);
}
