import type { RouteQuote } from './quote-routes.ts';

/**
 * How the submission of an item on a rail stands. NEVER_LEFT: it did not go out, provably. REFUSED: the rail or the bank
 * did not take it. DECLINED: the payer's side said no (funds, mandate, account closed), which another rail hears too.
 * SUBMITTED: no answer is due yet. UNKNOWN: an answer was due and did not come, or left it open. SETTLED: the money came.
 */
export const attemptStates = ['NEVER_LEFT', 'REFUSED', 'DECLINED', 'SUBMITTED', 'UNKNOWN', 'SETTLED'] as const;
export type AttemptState = (typeof attemptStates)[number];

export interface Attempt {
  readonly railId: string;
  readonly state: AttemptState;
}

export type NextRail =
  | { readonly outcome: 'RAIL'; readonly railId: string }
  /** The money may be moving on this rail: ask the bank there first. */
  | { readonly outcome: 'WAIT'; readonly railId: string; readonly state: 'SUBMITTED' | 'UNKNOWN' }
  | { readonly outcome: 'NONE_LEFT'; readonly reason: NoneLeft };

/** SETTLED: nothing is left to move. DECLINED: the payer's side said no. NO_ROUTE: no rail takes it. ALL_TRIED: each one was tried. */
export type NoneLeft = 'SETTLED' | 'DECLINED' | 'NO_ROUTE' | 'ALL_TRIED';

/**
 * Where an item goes after these attempts, in any order: the best route of the quote that it has not been on. Never twice
 * for the same money: settled money ends it, and while one attempt may still succeed there is no other.
 */
export function nextRail(
  { routes, refused }: Pick<RouteQuote, 'routes' | 'refused'>,
  attempts: readonly Attempt[],
): NextRail {
  const inState = (state: AttemptState) => attempts.find((attempt) => attempt.state === state);
  if (inState('SETTLED')) return { outcome: 'NONE_LEFT', reason: 'SETTLED' };
  for (const state of ['UNKNOWN', 'SUBMITTED'] as const) {
    const open = inState(state);
    if (open) return { outcome: 'WAIT', railId: open.railId, state };
  }
  if (inState('DECLINED')) return { outcome: 'NONE_LEFT', reason: 'DECLINED' };
  const tried = new Set(attempts.map(({ railId }) => railId));
  const next = routes.find(({ candidate }) => !tried.has(candidate.rail.id));
  if (next) return { outcome: 'RAIL', railId: next.candidate.rail.id };
  const wereThere = routes.length > 0 || refused.some(({ refusal }) => refusal.code === 'ALREADY_TRIED');
  return { outcome: 'NONE_LEFT', reason: wereThere ? 'ALL_TRIED' : 'NO_ROUTE' };
}
