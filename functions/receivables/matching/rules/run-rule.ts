import type { Case } from '../book/case.ts';
import { compareTexts, type Item } from '../book/item.ts';
import type { ExceptionReason, Explanation } from '../decision.ts';
import type { Settlement } from '../terms/settle.ts';
import { contested } from './contested.ts';
import { explain, type Ground } from './explain.ts';
import { besides, othersWeighed } from './others-weighed.ts';
import { hold, type Proposal, type Rule, type Run } from './proposal.ts';

/** How a receipt came out of a rule. */
export type Outcome =
  | {
      readonly kind: 'BOOKED';
      readonly explanation: Explanation;
      readonly settlement: Settlement;
      /** What weaker rules would have said, as the book stood then. */
      readonly alternatives: readonly Explanation[];
    }
  | { readonly kind: 'HELD'; readonly reason: ExceptionReason; readonly customerId?: string };

interface Proposed {
  readonly of: Case;
  readonly proposal: Proposal;
}

interface Claim {
  readonly of: Case;
  readonly ground: Ground;
  readonly settlement: Settlement;
}

interface FirstProposed extends Proposed {
  readonly changes: number;
}

/**
 * One rule over all receipts that no rule before has explained. The surer proposals come first, equal ones by the day of the
 * payment, and each group is seen against the book as the groups before have left it. Within a group nobody comes first:
 * receipts that together claim more of an invoice than is open are all held. So the order of the input decides nothing.
 * The weaker rules only say what else was possible.
 */
export function runRule(run: Run, rule: Rule, weaker: readonly Rule[], waiting: readonly Case[]): Map<Case, Outcome> {
  const outcomes = new Map<Case, Outcome>();
  for (const group of groups(run, rule, waiting)) {
    const now = group.flatMap(({ of, proposal: first, changes }) => {
      const proposal = changes === changesOf(of) ? first : rule(run, of);
      return proposal ? [{ of, proposal: heldUnlessSure(run, proposal) }] : [];
    });
    const claims = now.filter(({ proposal }) => proposal.kind === 'CLAIM');
    const lost = contested(claims.map(asClaim));
    for (const { of, proposal } of now) {
      const isTwice = lost.get(of);
      if (proposal.kind === 'HOLD') outcomes.set(of, held(proposal.reason, proposal.customerId));
      else if (isTwice !== undefined) {
        outcomes.set(of, held(isTwice ? 'DUPLICATE' : 'AMBIGUOUS', proposal.ground.customerId));
      }
    }
    bookAll(
      run,
      { rule, weaker },
      claims.filter(({ of }) => !lost.has(of)),
      outcomes,
    );
  }
  return outcomes;
}

/** Receipts for which the rule finds something, in groups of equal right. Those within are in the order of their ids. */
function groups(run: Run, rule: Rule, waiting: readonly Case[]): FirstProposed[][] {
  const byRight = new Map<string, { score: number; day: string; cases: FirstProposed[] }>();
  for (const of of waiting) {
    const proposal = rule(run, of);
    if (!proposal) continue;
    const [score, day] = [proposal.score, of.receipt.paidOn];
    const group = byRight.get(`${score} ${day}`);
    const proposed = { of, proposal, changes: changesOf(of) };
    if (group) group.cases.push(proposed);
    else byRight.set(`${score} ${day}`, { score, day, cases: [proposed] });
  }
  return [...byRight.values()]
    .sort((one, other) => other.score - one.score || compareTexts(one.day, other.day))
    .map(({ cases }) => cases);
}

/** Payments on all that a receipt's explanations depend on: they are the same as long as this is. */
function changesOf(of: Case): number {
  let changes = 0;
  for (const account of of.accounts) changes += account.changes;
  return changes;
}

/**
 * Books claims that do not stand in each other's way, the larger receipt first. Where one has paid a part of an invoice the
 * next of the group is seen anew, so that the last one of a day may clear it with a charge or the discount.
 */
function bookAll(
  run: Run,
  { rule, weaker }: { readonly rule: Rule; readonly weaker: readonly Rule[] },
  claims: readonly Proposed[],
  outcomes: Map<Case, Outcome>,
): void {
  const paid = new Set<Item>();
  const inOrder = claims.map(asClaim).sort(byAmountThenId);
  const weighed = inOrder.map(({ of, settlement }) => othersWeighed(run, of, settlement, weaker));
  for (const [at, proposed] of inOrder.entries()) {
    const { of } = proposed;
    const isTouched = proposed.settlement.parts.some(({ item }) => paid.has(item));
    const { ground, settlement } = isTouched ? anew(run, rule, proposed) : proposed;
    const explanation = explain(of, ground, settlement);
    run.book.post(of, ground.customerId, settlement);
    for (const { item } of settlement.parts) paid.add(item);
    outcomes.set(of, { kind: 'BOOKED', explanation, settlement, alternatives: besides(settlement, weighed[at] ?? []) });
  }
}

/** The claim as the book stands now, as long as it is on the same invoices. */
function anew(run: Run, rule: Rule, before: Claim): Pick<Claim, 'ground' | 'settlement'> {
  const proposal = rule(run, before.of);
  if (proposal?.kind !== 'CLAIM' || !isSure(run, proposal.ground)) return before;
  const items = new Set(before.settlement.parts.map(({ item }) => item));
  return proposal.settlement.parts.every(({ item }) => items.has(item)) ? proposal : before;
}

/** A claim that is under the threshold, or that invoices may stand beside which nobody has seen, is for a person. */
function heldUnlessSure(run: Run, proposal: Proposal): Proposal {
  if (proposal.kind === 'HOLD' || isSure(run, proposal.ground)) return proposal;
  return hold(proposal.score, 'AMBIGUOUS', proposal.ground.customerId);
}

function isSure(run: Run, { score, customerId, isByNumber }: Ground): boolean {
  return score >= thresholdOf(run, customerId) && (isByNumber === true || !run.unseen.customers.has(customerId));
}

function thresholdOf({ customers, rules }: Run, customerId: string): number {
  return customers.get(customerId)?.threshold ?? rules.threshold;
}

function asClaim({ of, proposal }: Proposed): Claim {
  if (proposal.kind !== 'CLAIM') throw new TypeError('A held receipt claims nothing.');
  return { of, ground: proposal.ground, settlement: proposal.settlement };
}

function held(reason: ExceptionReason, customerId: string | undefined): Outcome {
  return { kind: 'HELD', reason, ...(customerId !== undefined && { customerId }) };
}

function byAmountThenId({ of: { receipt: one } }: Claim, { of: { receipt: other } }: Claim): number {
  if (one.amount !== other.amount) return one.amount > other.amount ? -1 : 1;
  return compareTexts(one.id, other.id);
}
