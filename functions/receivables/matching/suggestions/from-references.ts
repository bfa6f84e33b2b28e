import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import type { Explanation } from '../decision.ts';
import { explain, referenceEvidence, ruleOfFit } from '../rules/explain.ts';
import { namedBy } from '../rules/named-invoices.ts';
import { isOn, type Run, termsOf } from '../rules/proposal.ts';
import { referenceScores, suggestionScores } from '../scores.ts';
import { settle } from '../terms/settle.ts';

/** Invoices that a cut number may mean, suggested at most. */
const begunMax = 3;

/** What the numbers in a receipt may mean, customer by customer, the doubtful ones too. */
export function fromReferences(run: Run, of: Case): Explanation[] {
  if (!isOn(run, 'REFERENCE')) return [];
  const { hits, cut } = of.references;
  const { single, group } = namedBy(of, hits);
  const named = single.length > 0 ? single : group;
  const isSure = hits.every(({ weight }) => weight === 'SAFE');
  const isBare = of.payer.customerId === undefined && hits.some((hit) => hit.isBare);
  const basis = isSure ? (isBare ? 'BARE' : 'FREE') : 'PLAIN';
  const evidence = referenceEvidence(hits);
  const explained = perCustomer(named.filter(({ left }) => left > 0n)).flatMap((items) => [
    ofItems(run, of, items, basis, evidence),
    ...exactOnes(of, items).map((item) => ofItems(run, of, [item], basis, evidence)),
  ]);
  const begun = (cut?.entries ?? []).map(({ item }) => item).filter((item) => isPayable(of, item));
  const found = `${cut?.found ?? ''}…`;
  return [
    ...explained,
    ...begun.slice(0, begunMax).map((item) => {
      return ofItems(run, of, [item], 'CUT', [{ kind: 'REFERENCE', found, meant: item.invoice.number }]);
    }),
  ];
}

function ofItems(
  run: Run,
  of: Case,
  items: readonly Item[],
  basis: 'FREE' | 'BARE' | 'PLAIN' | 'CUT',
  evidence: Explanation['evidence'],
): Explanation {
  const customerId = items[0]?.invoice.customerId ?? '';
  const settlement = settle(items, of.receipt.amount, termsOf(run, of, customerId));
  const score = Math.min(referenceScores[basis][settlement.fit], suggestionScores.UNPROVED);
  return explain(of, { rule: ruleOfFit(settlement, 'REFERENCE'), score, customerId, evidence }, settlement);
}

/** Of several that are named, one that is the amount by itself. */
function exactOnes({ receipt }: Case, items: readonly Item[]): Item[] {
  return items.length < 2 ? [] : items.filter(({ left }) => left === receipt.amount).slice(0, begunMax);
}

function isPayable(of: Case, { pool, left }: Item): boolean {
  return left > 0n && pool === of.pool;
}

function perCustomer(items: readonly Item[]): Item[][] {
  return [...Map.groupBy(items, ({ invoice }) => invoice.customerId).values()];
}
