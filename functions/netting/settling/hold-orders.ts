import type { Problem } from '../../../shared/problems/problem.ts';
import type { HoldOrder } from '../../ledger/published.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { type LegPart, nobodyWaits, type Settling, type WaitingParty } from './settling.ts';

/** Those that stand in the way and are named with the cycle. */
const namedMax = 50;

/** What is asked of the ledger for a cycle; each time that its figures are worked out has names of its own. */
export function settlementName({ id, result }: Pick<Cycle, 'id' | 'result'>): string[] {
  return ['netting', 'cycle', id, String(result?.attempt ?? 0)];
}

/** A part of a round, as the ledger sets it aside; it is known by the first of its legs. */
export function toHold(cycle: Cycle, { round }: Pick<Settling, 'round'>, { legs, floors }: LegPart): HoldOrder {
  const { id: cycleId, centreId, cause } = cycle;
  const said = legs.map(({ debitAccountId, creditAccountId, amount }) => {
    return [debitAccountId, creditAccountId, String(amount)];
  });
  return {
    name: [...settlementName(cycle), 'hold', String(round), String(legs[0]?.place)],
    fingerprint: JSON.stringify([said, floors.map(([accountId, floor]) => [accountId, String(floor)])]),
    legs: legs.map(({ debitAccountId, creditAccountId, amount, currency }) => {
      return { debitAccountId, creditAccountId, amount, currency };
    }),
    references: { centreId, cycleId },
    guards: floors.map(([accountId, freeMin]) => ({ accountId, freeMin })),
    cause,
  };
}

const ofFunds: ReadonlySet<string> = new Set(['ledger/insufficient-funds', 'ledger/condition-not-met']);

/** Whom the ledger refuses, where that is clear: a part of several payers is asked for again, each by itself. */
export function refusedParty({ legs }: LegPart, problem: Problem): WaitingParty | undefined {
  const [first] = legs;
  if (!first || legs.some(({ debitAccountId }) => debitAccountId !== first.debitAccountId)) return undefined;
  const { payer: participant, currency, debitAccountId: accountId } = first;
  const amount = legs.reduce((sum, leg) => sum + leg.amount, 0n);
  const code = ofFunds.has(problem.code) ? 'SHORT_OF_FUNDS' : 'LEDGER';
  const detail = `The ledger refuses (${problem.code}): ${problem.fields.detail}`;
  return { participant, code, currency, amount, accountId, detail };
}

export function addWaiting({ count, first }: Settling['waiting'], more: readonly WaitingParty[]): Settling['waiting'] {
  if (more.length === 0) return { count, first };
  return { count: count + more.length, first: [...first, ...more].slice(0, namedMax) };
}

export function waitingOf(parties: readonly WaitingParty[]): Settling['waiting'] {
  return addWaiting(nobodyWaits, parties);
}
