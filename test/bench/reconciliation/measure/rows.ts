import { ruleCodes } from '../../../../functions/receivables/matching/match-rules.ts';
import { caseKinds } from '../labelled.ts';
import { isMissed, isWrong, type Scored } from './score.ts';

/** The quality of matching in figures; a share is in percent. */
export interface QualityRow {
  readonly receipts: number;
  readonly decidable: number;
  /** Of the allocations booked by themselves, those that are true. */
  readonly precision: number;
  /** Of the true allocations of decidable receipts, those that were booked. */
  readonly recall: number;
  /** Of all receipts, those that were booked by themselves. */
  readonly autoMatched: number;
  /** Receipts that do not say enough and were booked all the same. */
  readonly undecidablePosted: number;
  readonly wrongReceipts: number;
  readonly suggested: number;
  /** Of the suggested receipts that are for an invoice, those whose first suggestion is the truth, and those with it at all. */
  readonly truthFirst: number;
  readonly truthAmong: number;
}

export function qualityOf(scored: readonly Scored[]): QualityRow {
  const sum = (of: (one: Scored) => number) => scored.reduce((total, one) => total + of(one), 0);
  const count = (which: (one: Scored) => boolean) => sum((one) => (which(one) ? 1 : 0));
  const suggestedFor = count(({ decision, label }) => decision.outcome === 'SUGGESTED' && label.meant.length > 0);
  const first = count(({ suggested }) => suggested === 'FIRST');
  return {
    receipts: scored.length,
    decidable: count(({ label }) => label.verdict === 'DECIDABLE'),
    precision: percent(
      sum(({ bookedTrue }) => bookedTrue),
      sum(({ booked }) => booked),
    ),
    recall: percent(
      sum(({ wanted, bookedTrue }) => Math.min(wanted, bookedTrue)),
      sum(({ wanted }) => wanted),
    ),
    autoMatched: percent(
      count(({ booked }) => booked > 0),
      scored.length,
    ),
    undecidablePosted: count(({ booked, label }) => booked > 0 && label.verdict === 'UNDECIDABLE'),
    wrongReceipts: count(isWrong),
    suggested: count(({ decision }) => decision.outcome === 'SUGGESTED'),
    truthFirst: percent(first, suggestedFor),
    truthAmong: percent(first + count(({ suggested }) => suggested === 'LATER'), suggestedFor),
  };
}

export interface KindRow {
  readonly kind: string;
  readonly receipts: number;
  readonly decidable: number;
  readonly matched: number;
  readonly missed: number;
  readonly wrong: number;
  readonly suggested: number;
  readonly truthFirst: number;
  readonly truthAmong: number;
  readonly unmatched: number;
  /** Of what is work for somebody, the reasons given, the commonest first. */
  readonly exceptions: string;
}

export function kindRows(scored: readonly Scored[]): KindRow[] {
  const byKind = Map.groupBy(scored, ({ label }) => label.kind);
  return caseKinds.flatMap((kind) => {
    const ofKind = byKind.get(kind) ?? [];
    const count = (which: (one: Scored) => boolean) => ofKind.filter(which).length;
    if (ofKind.length === 0) return [];
    return {
      kind,
      receipts: ofKind.length,
      decidable: count(({ label }) => label.verdict === 'DECIDABLE'),
      matched: count(({ booked }) => booked > 0),
      missed: count(isMissed),
      wrong: count(isWrong),
      suggested: count(({ decision }) => decision.outcome === 'SUGGESTED'),
      truthFirst: count(({ suggested }) => suggested === 'FIRST'),
      truthAmong: count(({ suggested }) => suggested !== 'NO'),
      unmatched: count(({ decision }) => decision.outcome === 'UNMATCHED'),
      exceptions: exceptionsOf(ofKind),
    };
  });
}

function exceptionsOf(scored: readonly Scored[]): string {
  const reasons = Map.groupBy(scored, ({ decision }) => decision.exception);
  reasons.delete(undefined);
  const counts = [...reasons].map(([reason, of]) => [reason, of.length] as const);
  const inOrder = counts.toSorted(([, one], [, other]) => other - one);
  return inOrder.map(([reason, count]) => `${reason} ${count}`).join(', ');
}

export interface RuleRow {
  readonly rule: string;
  readonly receipts: number;
  /** Of the receipts booked by themselves, in percent. */
  readonly share: number;
  readonly allocations: number;
  readonly wrong: number;
}

export function ruleRows(scored: readonly Scored[]): RuleRow[] {
  const booked = scored.filter((one) => one.booked > 0);
  const byRule = Map.groupBy(booked, ({ decision }) => decision.explanation?.rule);
  return ruleCodes.map((rule) => {
    const of = byRule.get(rule) ?? [];
    return {
      rule,
      receipts: of.length,
      share: percent(of.length, booked.length),
      allocations: of.reduce((sum, one) => sum + one.booked, 0),
      wrong: of.filter(isWrong).length,
    };
  });
}

/** Of nothing, all is right. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((part / whole) * 100_000) / 1_000;
}
