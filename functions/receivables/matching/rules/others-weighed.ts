import type { Case } from '../book/case.ts';
import type { Explanation } from '../decision.ts';
import type { Part, Settlement } from '../terms/settle.ts';
import { explain } from './explain.ts';
import { nothingNamed } from './named-invoices.ts';
import type { Rule, Run } from './proposal.ts';

/** Other explanations kept of a receipt that is booked, at most. */
const othersMax = 3;

/** An explanation that was weighed beside the one that is booked. */
export interface Weighed {
  readonly settlement: Settlement;
  readonly explanation: Explanation;
}

const unnamed: Case['references'] = { hits: [], cut: undefined, isFull: false, strangers: [] };

/**
 * What weaker rules would have booked of a receipt in place of a settlement, had it named nothing: the invoice of exactly the
 * amount, say, where a number names another. Asked before anything of its group is booked, so that amounts are as they were
 * for all of them. Nothing stands beside one invoice of exactly the amount: it comes before a set, and before terms.
 */
export function othersWeighed(run: Run, of: Case, settlement: Settlement, weaker: readonly Rule[]): Weighed[] {
  if (settlement.fit === 'EXACT' && settlement.parts.length === 1) return [];
  const others: Weighed[] = [];
  const amountOnly = { ...of, references: unnamed, sure: nothingNamed };
  for (const rule of weaker) {
    const proposal = rule(run, amountOnly);
    if (proposal?.kind !== 'CLAIM' || isSame(proposal.settlement, settlement)) continue;
    if (others.some((other) => isSame(other.settlement, proposal.settlement))) continue;
    others.push({
      settlement: proposal.settlement,
      explanation: explain(of, proposal.ground, proposal.settlement),
    });
  }
  return others;
}

/** Those that are not what was booked in the end, the best first. */
export function besides(booked: Settlement, weighed: readonly Weighed[]): Explanation[] {
  return weighed
    .filter(({ settlement }) => !isSame(settlement, booked))
    .map(({ explanation }) => explanation)
    .sort((one, other) => other.score - one.score)
    .slice(0, othersMax);
}

function isSame({ parts }: Settlement, other: Settlement): boolean {
  return parts.length === other.parts.length && parts.every((part, at) => isSamePart(part, other.parts[at]));
}

function isSamePart(one: Part, other: Part | undefined): boolean {
  return (
    one.item === other?.item &&
    one.cash === other.cash &&
    one.discount === other.discount &&
    one.charge === other.charge
  );
}
