import type { Case } from '../book/case.ts';
import { compareItems } from '../book/item.ts';
import type { Entry } from '../references/reference-index.ts';
import { tokensOfNumber } from '../references/reference-token.ts';
import { referenceScores } from '../scores.ts';
import { ruleOfFit } from './explain.ts';
import { fromGroup } from './from-group.ts';
import { isDisputed } from './is-disputed.ts';
import { namedElsewhere } from './named-invoices.ts';
import { claim, hold, isOn, type Proposal, type Run, termsOf } from './proposal.ts';

/**
 * VIRTUAL_ACCOUNT, where it stands for a contract or an order: the invoices under that reference, all, one or the only set of them by the
 * amount. An invoice that the text names beside it says more, whatever its entity and currency, and is left to the next rule; so is a
 * virtual account that says only who pays.
 */
export function byVirtualAccount(run: Run, of: Case): Proposal | undefined {
  const { virtualAccount } = of.payer;
  if (!virtualAccount?.reference || !isOn(run, 'VIRTUAL_ACCOUNT')) return undefined;
  const { customerId, reference } = virtualAccount;
  const isNamed = of.sure.single.some(({ invoice }) => invoice.customerId === customerId);
  if (isNamed || namedElsewhere(of).length > 0) return undefined;
  const entries = entriesOf(run, customerId, reference);
  const items = entries.map(({ item }) => item).filter(({ pool }) => pool === of.pool);
  if (entries.length > 0 && items.length === 0) return hold(1000, 'CURRENCY', customerId);
  const open = items.filter(({ left }) => left > 0n).sort(compareItems);
  if (open.length === 0) return undefined;
  const scores = referenceScores.AGREED;
  const terms = termsOf(run, of, customerId);
  const settlement = fromGroup(run, of, open, terms, of.references.strangers.length === 0);
  if (!settlement) return hold(scores.SHORT, 'SHORT_PAID', customerId);
  const score = scores[settlement.fit];
  if (isDisputed(settlement)) return hold(score, 'DISPUTED', customerId);
  if (settlement.fit === 'PART' && !isOn(run, 'PART_PAYMENT')) return hold(score, 'SHORT_PAID', customerId);
  const rule = ruleOfFit(settlement, 'VIRTUAL_ACCOUNT');
  const meant = { kind: 'REFERENCE', found: reference, meant: entries[0]?.meant ?? '' } as const;
  return claim({ rule, score, customerId, evidence: [meant] }, settlement);
}

function entriesOf({ index }: Run, customerId: string, reference: string): readonly Entry[] {
  const found = tokensOfNumber(reference).map((token) => index.namedOf(customerId, token));
  return found.find((entries) => entries.length > 0) ?? [];
}
