import type { Problem } from '../../shared/problems/problem.ts';
import { problems } from './problems.ts';
import { type Cause, hasSameContent, type RateSet, type RateSetContent, sortRates } from './rate-set.ts';
import { normaliseRate } from './rate-text.ts';

/** A rate set to put, as it was asked for. */
export interface PutRateSet {
  readonly tenant: string;
  readonly content: RateSetContent;
  /** The version that the caller has seen; 0 for none. Not looked at when absent. */
  readonly expectedVersion?: number;
  readonly at: string;
  readonly by: Cause;
}

export type RateSetDecision =
  | { readonly outcome: 'CHANGED'; readonly set: RateSet }
  | { readonly outcome: 'UNCHANGED'; readonly set: RateSet }
  | { readonly outcome: 'REFUSED'; readonly problem: Problem };

/**
 * What putting a set over the one held for its name and date comes to. The same content changes nothing, whatever version
 * was expected: it is most likely a repetition of the call that made it so. Rates compare by value, in any order.
 */
export function decideRateSet(held: RateSet | undefined, put: PutRateSet): RateSetDecision {
  const content = normalised(put.content);
  if (held && hasSameContent(held, content)) return { outcome: 'UNCHANGED', set: held };
  const version = held?.version ?? 0;
  if (put.expectedVersion !== undefined && put.expectedVersion !== version) {
    return { outcome: 'REFUSED', problem: versionConflict(put.content, put.expectedVersion, version) };
  }
  const { tenant, at, by } = put;
  return { outcome: 'CHANGED', set: { ...content, tenant, version: version + 1, changedAt: at, changedBy: by } };
}

function normalised(content: RateSetContent): RateSetContent {
  const rates = content.rates.map(({ base, quote, rate }) => ({ base, quote, rate: normaliseRate(rate) }));
  return { ...content, rates: sortRates(rates) };
}

function versionConflict({ name, date }: RateSetContent, expectedVersion: number, version: number): Problem {
  const is = version === 0 ? 'There is no version yet' : `Version ${version} stands`;
  const detail = `${is} of the rate set ${name} of ${date}; version ${expectedVersion} was expected.`;
  return problems['version-conflict']
    .with({ detail, version, expectedVersion })
    .at({ pointer: '/expectedVersion', detail });
}
