import type * as z from 'zod';
import type { Money } from '../../../shared/http/schemas.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import type { Candidate } from '../routing/assess-rail.ts';
import type { NextRail } from '../routing/next-rail.ts';
import type { RefusedRail, RouteQuote } from '../routing/quote-routes.ts';
import type { Loss, RankedRoute } from '../routing/rank-routes.ts';
import { refusals } from '../routing/refusals.ts';
import type { routeOut } from './route-shapes.ts';

type Answer = z.input<typeof routeOut>;

/** A quote as it leaves the capability. Routes are shown only where the item may take one. */
export function presentQuote(quote: RouteQuote, next: NextRail, amount: Money, railsVersion: number): Answer {
  const { currency, minor } = amount;
  const [chosen, ...others] = next.outcome === 'RAIL' ? quote.routes : [];
  return {
    at: quote.at.toISOString(),
    policy: quote.policy,
    amount: presentAmount(minor, currency),
    railsVersion,
    outcome: next.outcome,
    ...(chosen && { route: presentCandidate(chosen.candidate) }),
    ...(next.outcome === 'WAIT' && { waitFor: { railId: next.railId, state: next.state } }),
    ...(next.outcome === 'NONE_LEFT' && { reason: next.reason }),
    others: others.flatMap((route) => presentLoser(route)),
    refused: quote.refused.map((one) => presentRefused(one, currency)),
  };
}

function presentCandidate({ rail, fee, ...when }: Candidate): NonNullable<Answer['route']> {
  return {
    railId: rail.id,
    kind: rail.kind,
    effectiveFrom: rail.effectiveFrom,
    fee: presentAmount(fee, rail.currency),
    earliestExecution: when.earliestExecution.toISOString(),
    takesNow: when.takesNow,
    businessDate: when.businessDate,
    expectedSettlement: when.expectedSettlement.toISOString(),
    successMillionths: rail.successMillionths,
  };
}

function presentLoser({ candidate, lost }: RankedRoute): Answer['others'] {
  return lost ? [{ ...presentCandidate(candidate), lost: presentLoss(lost, candidate.rail.currency) }] : [];
}

function presentLoss(lost: Loss, currency: string): Answer['others'][number]['lost'] {
  if (lost.code === 'DEARER') {
    const { code, fee, against } = lost;
    return { code, fee: presentAmount(fee, currency), against: presentAmount(against, currency) };
  }
  if (lost.code === 'SETTLES_LATER') {
    const { code, settlement, against } = lost;
    return { code, settlement: settlement.toISOString(), against: against.toISOString() };
  }
  if (lost.code === 'OPENS_LATER') {
    const { code, earliestExecution, against } = lost;
    return { code, earliestExecution: earliestExecution.toISOString(), against: against.toISOString() };
  }
  return lost;
}

function presentRefused({ railId, refusal }: RefusedRail, currency: string): Answer['refused'][number] {
  const line = { railId, code: refusal.code, detail: refusals[refusal.code] };
  switch (refusal.code) {
    case 'BELOW_MINIMUM':
      return { ...line, minimum: presentAmount(refusal.minimum, currency) };
    case 'ABOVE_LIMIT':
      return { ...line, maximum: presentAmount(refusal.maximum, currency) };
    case 'DIRECTION':
      return { ...line, directions: [...refusal.directions] };
    case 'BANK_UNKNOWN':
      return { ...line, field: refusal.place, needed: refusal.needed };
    case 'BANK_NOT_REACHABLE':
      return { ...line, field: refusal.place, bank: [...refusal.bank] };
    case 'OUTAGE': {
      const { from, to, takesAgainAt } = refusal;
      const end = { ...(to && { to: to.toISOString() }) };
      return {
        ...line,
        from: from.toISOString(),
        ...end,
        ...(takesAgainAt && { takesAgainAt: takesAgainAt.toISOString() }),
      };
    }
    default:
      return { ...line, ...refusal };
  }
}
