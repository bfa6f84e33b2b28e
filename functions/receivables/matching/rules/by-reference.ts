import { sum } from '../../../../shared/money/sum.ts';
import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import { isSamePayer, paymentOf } from '../book/payment.ts';
import type { ExceptionReason } from '../decision.ts';
import type { Hit } from '../references/find-references.ts';
import { type ReferenceBasis, referenceScores } from '../scores.ts';
import { type Settlement, settle } from '../terms/settle.ts';
import { completed } from './complete-cut.ts';
import { type Ground, referenceEvidence, ruleOfFit } from './explain.ts';
import { fromGroup } from './from-group.ts';
import { isDisputed } from './is-disputed.ts';
import { isNumbered, type Named, namedBy, namedElsewhere } from './named-invoices.ts';
import { claim, hold, isOn, type Proposal, type Run, termsOf } from './proposal.ts';

/**
 * REFERENCE: what the numbers in a receipt name, by what they are worth (see Hit and ReferenceBasis). Numbers of several
 * customers, of one that the payer is not while it owes that very amount itself, or of disputed invoices are for a person to
 * look at; so is a number whose invoices are of another entity or currency, or paid already.
 */
export function byReference(run: Run, of: Case): Proposal | undefined {
  if (!isOn(run, 'REFERENCE')) return undefined;
  const { sure } = of;
  if (sure.hits.length === 0) {
    const elsewhere = namedElsewhere(of);
    if (elsewhere.length > 0) return hold(1000, 'CURRENCY', elsewhere[0]?.entries[0]?.item.invoice.customerId);
  }
  const bySure = proposalOf(run, of, sure, basisOf(of, sure));
  if (bySure?.kind === 'CLAIM' && fits(bySure.fit)) return bySure.proposal;
  return withPlain(run, of, sure) ?? completed(run, of, sure) ?? bySure?.proposal;
}

interface Weighed {
  readonly kind: Proposal['kind'];
  readonly fit: Settlement['fit'] | undefined;
  readonly proposal: Proposal;
}

const fits = (fit: Settlement['fit'] | undefined) => fit === 'EXACT' || fit === 'DISCOUNT' || fit === 'CHARGE';

/** With the short and the doubtful numbers too: of a known payer, and only where the amount fits. */
function withPlain(run: Run, of: Case, sure: Named): Proposal | undefined {
  const { hits } = of.references;
  if (of.payer.customerId === undefined || !hits.some(({ weight }) => weight === 'PLAIN')) return undefined;
  const all = namedBy(of, hits);
  if (all.hits.length === sure.hits.length) return undefined;
  const weighed = proposalOf(run, of, all, 'PLAIN');
  const isOwn = all.single.every(({ invoice }) => invoice.customerId === of.payer.customerId);
  return isOwn && weighed && fits(weighed.fit) ? weighed.proposal : undefined;
}

function basisOf({ payer }: Case, { hits, single, group }: Named): ReferenceBasis {
  const items = single.length > 0 ? single : group;
  if (payer.customerId === undefined) return hits.some(({ isBare }) => isBare) ? 'BARE' : 'FREE';
  if (items.some(({ invoice }) => invoice.customerId !== payer.customerId)) return 'FOREIGN';
  return hits.some(({ weight }) => weight === 'LABELLED') ? 'LABELLED' : 'OWN';
}

function proposalOf(run: Run, of: Case, named: Named, basis: ReferenceBasis): Weighed | undefined {
  const items = ownFirst(of, named.single.length > 0 ? named.single : named.group, named.single.length > 0);
  const first = items[0];
  if (!first) return undefined;
  const { customerId } = first.invoice;
  const held = (reason: Parameters<typeof hold>[1]): Weighed => {
    return { kind: 'HOLD', fit: undefined, proposal: hold(referenceScores[basis].SHORT, reason, customerId) };
  };
  const open = items.filter(({ left }) => left > 0n);
  if (open.length === 0) {
    if (basis === 'PLAIN') return undefined;
    if (isPaidAgain(of, items)) return held('DUPLICATE');
    return basis === 'BARE' ? undefined : held('OVERPAID');
  }
  if (open.some(({ invoice }) => invoice.customerId !== customerId)) return held('AMBIGUOUS');
  const terms = termsOf(run, of, customerId);
  const settlement =
    named.single.length > 0
      ? settle(open, of.receipt.amount, terms)
      : fromGroup(run, of, open, terms, of.references.strangers.length === 0);
  if (!settlement) return held(of.receipt.amount < sum(open.map(({ left }) => left)) ? 'SHORT_PAID' : 'AMBIGUOUS');
  // Nobody knows who paid, and the number may be no invoice's at all.
  if (basis === 'BARE' && !fits(settlement.fit)) return undefined;
  if (isDisputed(settlement)) return held('DISPUTED');
  const reason = doubt(run, of, settlement, basis);
  if (reason) return held(reason);
  const isByNumber = settlement.parts.every(({ item }) => isNumbered(named, item));
  if (!isByNumber && named.hits.some(({ token }) => run.unseen.tokens.has(token))) return held('AMBIGUOUS');
  return claimed(settlement, { basis, customerId, hits: named.hits, isByNumber });
}

/** Of the invoices that are named one by one those of the payer, where they are exactly what was paid. */
function ownFirst({ payer, receipt }: Case, items: readonly Item[], isSingle: boolean): readonly Item[] {
  const own = items.filter(({ invoice }) => invoice.customerId === payer.customerId);
  if (!isSingle) return own.length > 0 ? own : items;
  return own.length > 0 && sum(own.map(({ left }) => left)) === receipt.amount ? own : items;
}

/** Why what is named may still not be what is paid. */
function doubt(run: Run, of: Case, { fit }: Settlement, basis: ReferenceBasis): ExceptionReason | undefined {
  const { receipt, payer, references, account } = of;
  if (fit === 'SHORT') return 'SHORT_PAID';
  if (fit === 'PART' && !isOn(run, 'PART_PAYMENT')) return 'SHORT_PAID';
  if (fit === 'PART' || fit === 'OVER') {
    // What does not add up may be for what stands beside it.
    if (namedElsewhere(of).length > 0) return 'CURRENCY';
    if (references.strangers.length > 0) return fit === 'PART' ? 'SHORT_PAID' : 'OVERPAID';
  }
  if (basis !== 'FOREIGN' || !account) return undefined;
  const owesItself = account.ofAmount(receipt.amount).length > 0;
  return fit !== 'EXACT' || owesItself || payer.by === 'VIRTUAL_ACCOUNT' ? 'AMBIGUOUS' : undefined;
}

interface Claimed extends Required<Pick<Ground, 'customerId' | 'isByNumber'>> {
  readonly basis: ReferenceBasis;
  readonly hits: readonly Hit[];
}

function claimed(settlement: Settlement, { basis, customerId, hits, isByNumber }: Claimed): Weighed {
  const ground = {
    rule: ruleOfFit(settlement, 'REFERENCE'),
    score: referenceScores[basis][settlement.fit],
    customerId,
    evidence: referenceEvidence(hits),
    isByNumber,
  };
  return { kind: 'CLAIM', fit: settlement.fit, proposal: claim(ground, settlement) };
}

/** Whether the same payer has paid one of these cleared invoices with the same amount before. */
function isPaidAgain({ receipt, payer }: Case, items: readonly Item[]): boolean {
  const payment = paymentOf(receipt, payer.customerId, payer.name);
  return items.some(({ payments }) =>
    payments.some((other) => other.amount === receipt.amount && isSamePayer(other, payment)),
  );
}
