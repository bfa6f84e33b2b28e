import type { Book } from '../book/book.ts';
import type { Case } from '../book/case.ts';
import type { ExceptionReason } from '../decision.ts';
import type { MatchRules, RuleCode } from '../match-rules.ts';
import type { Tolerance, Unseen } from '../open-item.ts';
import type { Customers } from '../payers/customers.ts';
import type { ReferenceIndex } from '../references/reference-index.ts';
import type { Settlement, Terms } from '../terms/settle.ts';
import type { Ground } from './explain.ts';

/** All that a run decides by. */
export interface Run {
  readonly book: Book;
  readonly customers: Customers;
  readonly index: ReferenceIndex;
  readonly rules: MatchRules;
  readonly unseen: Unseen;
}

/**
 * What a rule says of a receipt as the book stands: a claim that is the only explanation, or that a person has to look. Nothing
 * where the rule finds nothing, and the next one is asked.
 */
export type Proposal =
  | { readonly kind: 'CLAIM'; readonly score: number; readonly ground: Ground; readonly settlement: Settlement }
  | { readonly kind: 'HOLD'; readonly score: number; readonly reason: ExceptionReason; readonly customerId?: string };

export type Rule = (run: Run, of: Case) => Proposal | undefined;

export function claim(ground: Ground, settlement: Settlement): Proposal {
  return { kind: 'CLAIM', score: ground.score, ground, settlement };
}

export function hold(score: number, reason: ExceptionReason, customerId?: string): Proposal {
  return { kind: 'HOLD', score, reason, ...(customerId !== undefined && { customerId }) };
}

export function isOn({ rules }: Run, code: RuleCode): boolean {
  return !rules.off.includes(code);
}

/** What a payment of a customer may miss by. */
export function termsOf(run: Run, { receipt }: Case, customerId: string): Terms {
  return {
    paidOn: receipt.paidOn,
    tolerance: isOn(run, 'TOLERANCE') ? toleranceOf(run, customerId) : undefined,
    discounts: isOn(run, 'EARLY_PAYMENT_DISCOUNT'),
  };
}

function toleranceOf({ customers, rules }: Run, customerId: string): Tolerance {
  return customers.get(customerId)?.tolerance ?? rules.tolerance;
}
