import { sum } from '../../../../shared/money/sum.ts';
import type { Case } from '../book/case.ts';
import { compareItems, type Item } from '../book/item.ts';
import type { Evidence } from '../decision.ts';
import type { RuleCode } from '../match-rules.ts';
import { referenceScores } from '../scores.ts';
import { findSets } from '../sets/find-sets.ts';
import { settle } from '../terms/settle.ts';
import { countingPayer } from './by-amount.ts';
import { referenceEvidence } from './explain.ts';
import { isDisputed } from './is-disputed.ts';
import type { Named } from './named-invoices.ts';
import { claim, hold, isOn, type Proposal, type Run, termsOf } from './proposal.ts';

/**
 * A text that broke off: what is named in full, and the one invoice that makes up the amount exactly and begins like the
 * number at the end; or where the text is full and names some, the only open ones of the payer that make up the rest, which
 * are a set that nobody has named. Of a known payer only.
 */
export function completed(run: Run, of: Case, named: Named): Proposal | undefined {
  const { customerId } = of.payer;
  const open = named.single.filter(({ left }) => left > 0n);
  if (customerId === undefined || named.group.length > 0) return undefined;
  if (named.single.some(({ invoice }) => invoice.customerId !== customerId)) return undefined;
  const rest = of.receipt.amount - sum(open.map(({ left }) => left));
  if (rest <= 0n) return undefined;
  const missing = begunOf(of, open, rest, customerId) ?? restOf(run, of, open, rest);
  if (!missing) return undefined;
  const { items, rule, score, evidence } = missing;
  const all = [...open, ...items].sort(compareItems);
  const settlement = settle(all, of.receipt.amount, termsOf(run, of, customerId));
  if (isDisputed(settlement)) return hold(score, 'DISPUTED', customerId);
  const said = [...referenceEvidence(named.hits), ...evidence];
  return claim({ rule, score, customerId, evidence: said }, settlement);
}

/** What is not named in full and makes up the amount exactly. */
interface Missing {
  readonly items: readonly Item[];
  readonly rule: RuleCode;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** The one invoice of exactly the rest whose number begins as the text ends. */
function begunOf(
  { pool, references: { cut } }: Case,
  named: readonly Item[],
  rest: bigint,
  customerId: string,
): Missing | undefined {
  const begun = (cut?.entries ?? []).filter(
    ({ item }) =>
      item.left === rest && item.invoice.customerId === customerId && item.pool === pool && !named.includes(item),
  );
  const [only, second] = begun;
  if (!cut || !only || second) return undefined;
  const evidence = [{ kind: 'REFERENCE', found: `${cut.found}…`, meant: only.meant } as const];
  return { items: [only.item], rule: 'REFERENCE', score: referenceScores.CUT.EXACT, evidence };
}

/** After a full text that names some: the one invoice, or the only set, that is exactly the rest, within the bounds of a set. */
function restOf(run: Run, of: Case, named: readonly Item[], rest: bigint): Missing | undefined {
  const payer = countingPayer(run, of);
  if (!payer || !isOn(run, 'SET_OF_INVOICES') || !of.references.isFull || named.length === 0) return undefined;
  const { account, customerId, scores } = payer;
  if (account.isRepeated(of.receipt)) return undefined;
  const items = onlyRest(
    run,
    of,
    account.open.filter((item) => !named.includes(item)),
    rest,
    customerId,
  );
  const isLater = items?.some(({ invoice }) => invoice.issuedOn > of.receipt.paidOn);
  if (!items || isLater || named.length + items.length > run.rules.setSizeMax) return undefined;
  return { items, rule: 'SET_OF_INVOICES', score: scores.SET, evidence: [] };
}

function onlyRest(run: Run, of: Case, others: readonly Item[], rest: bigint, customerId: string) {
  const single = others.filter(({ left }) => left === rest);
  if (single.length > 0) return single.length === 1 ? single : undefined;
  const terms = { ...termsOf(run, of, customerId), discounts: false };
  const { sets, isComplete } = findSets(others, rest, terms, run.rules.setCandidatesMax);
  return sets.length === 1 && isComplete ? sets[0]?.items : undefined;
}
