import { sum } from '../../../../shared/money/sum.ts';
import type { Case } from '../book/case.ts';
import { compareItems, type Item } from '../book/item.ts';
import { referenceScores } from '../scores.ts';
import { findSets } from '../sets/find-sets.ts';
import { settle } from '../terms/settle.ts';
import { referenceEvidence } from './explain.ts';
import { isDisputed } from './is-disputed.ts';
import type { Named } from './named-invoices.ts';
import { claim, hold, type Proposal, type Run, termsOf } from './proposal.ts';

/**
 * A text that broke off: what is named in full, and the one invoice that makes up the amount exactly and begins like the
 * number at the end; or where the text is full and names some, the only open ones of the payer that make up the rest. Of a
 * known payer only.
 */
export function completed(run: Run, of: Case, named: Named): Proposal | undefined {
  const { customerId } = of.payer;
  const open = named.single.filter(({ left }) => left > 0n);
  if (customerId === undefined || named.group.length > 0) return undefined;
  if (named.single.some(({ invoice }) => invoice.customerId !== customerId)) return undefined;
  const rest = of.receipt.amount - sum(open.map(({ left }) => left));
  if (rest <= 0n) return undefined;
  const missing = begunOf(of, open, rest, customerId) ?? restOf(run, of, open, rest, customerId);
  if (!missing) return undefined;
  const items = [...open, ...missing].sort(compareItems);
  const settlement = settle(items, of.receipt.amount, termsOf(run, of, customerId));
  const score = referenceScores.CUT[settlement.fit];
  if (isDisputed(settlement)) return hold(score, 'DISPUTED', customerId);
  const evidence = [...referenceEvidence(named.hits), ...begunEvidence(of, missing)];
  return claim({ rule: 'REFERENCE', score, customerId, evidence }, settlement);
}

/** The one invoice of exactly the rest whose number begins as the text ends. */
function begunOf({ pool, references }: Case, named: readonly Item[], rest: bigint, customerId: string) {
  const begun = (references.cut?.entries ?? []).filter(
    ({ item }) =>
      item.left === rest && item.invoice.customerId === customerId && item.pool === pool && !named.includes(item),
  );
  return begun.length === 1 ? begun.map(({ item }) => item) : undefined;
}

/** After a full text that names some: the one invoice, or the only set, that is exactly the rest. */
function restOf(run: Run, of: Case, named: readonly Item[], rest: bigint, customerId: string) {
  if (!of.references.isFull || named.length === 0) return undefined;
  const account = of.pool.account(customerId);
  const single = account.ofAmount(rest).filter((item) => !named.includes(item));
  if (single.length > 0) return single.length === 1 ? single : undefined;
  const others = account.open.filter((item) => !named.includes(item));
  const terms = { ...termsOf(run, of, customerId), discounts: false };
  const { sets, isComplete } = findSets(others, rest, terms, run.rules.setCandidatesMax);
  return sets.length === 1 && isComplete ? sets[0]?.items : undefined;
}

function begunEvidence({ references }: Case, missing: readonly Item[]) {
  if (!references.cut) return [];
  const meant = missing.map(({ invoice }) => invoice.number).join(', ');
  return [{ kind: 'REFERENCE', found: `${references.cut.found}…`, meant } as const];
}
