import type * as z from 'zod';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Allocation, Explanation } from '../matching/decision.ts';
import type { Match } from './match.ts';
import type { explanationOut, matchOut } from './match-shapes.ts';

/** A match with its evidence, as the API and the events show it. */
export function presentMatch(match: Match): z.input<typeof matchOut> {
  const { id, receiptId, customerId, legalEntity, rule, score, evidence, currency, runId, date, madeAt, undone } =
    match;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ id, receiptId, customerId, legalEntity, rule, score },
    allocations: match.allocations.map((one) => presentAllocation(one, currency)),
    onAccount: show(match.onAccount),
    fromOnAccount: show(match.fromOnAccount),
    evidence: evidence.map((one) => ({ ...one })),
    alternatives: presentExplanations(match.alternatives, currency),
    ...defined({ runId }),
    date,
    madeAt,
    ...(undone && { undone: { at: undone.at, reason: undone.reason } }),
  };
}

/** The best first; each has its place. */
export function presentExplanations(
  explanations: readonly Explanation[],
  currency: CurrencyCode,
): z.input<typeof explanationOut>[] {
  return explanations.map(({ rule, score, customerId, allocations, onAccount, evidence }, index) => ({
    place: index + 1,
    ...{ rule, score, customerId },
    allocations: allocations.map((one) => presentAllocation(one, currency)),
    onAccount: presentAmount(onAccount, currency),
    evidence: evidence.map((one) => ({ ...one })),
  }));
}

function presentAllocation({ invoiceId, cash, discount, charge }: Allocation, currency: CurrencyCode) {
  const show = (minor: bigint) => (minor === 0n ? undefined : presentAmount(minor, currency));
  return {
    invoiceId,
    cash: presentAmount(cash, currency),
    ...defined({ discount: show(discount), charge: show(charge) }),
  };
}
