import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { CycleResult } from '../closing/closing.ts';
import type { Settling, WaitingParty } from './settling.ts';

/** How far the settlement of a cycle is, and who stands in its way, as callers see it. */
export function presentSettling(settling: Settling, result: CycleResult | undefined) {
  const { state, askedAt, legsHeld, waiting, isWaiting, askAgainAt, failure } = settling;
  return {
    state: isWaiting ? ('PENDING_FUNDS' as const) : state,
    askedAt,
    legs: { count: result?.rows.LEGS ?? 0, setAside: legsHeld },
    ...(waiting.count > 0 && { waiting: { count: waiting.count, parties: waiting.first.map(presentParty) } }),
    ...((isWaiting || failure !== undefined) && { askAgainAt }),
    ...defined({ failure }),
  };
}

function presentParty({ participant, code, currency, amount, missing, accountId, detail }: WaitingParty) {
  const show = (minor: bigint) => presentAmount(minor, currency as CurrencyCode);
  return {
    ...{ participant, code, amount: show(amount) },
    ...(missing !== undefined && { missing: show(missing) }),
    ...defined({ accountId }),
    detail,
  };
}
