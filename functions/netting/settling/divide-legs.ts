import { partsOf } from '../../../shared/objects/parts.ts';
import { type Leg, transferLegsMax } from '../payments/leg.ts';
import type { Party } from '../terms/parties.ts';
import { CENTRE } from '../terms/parties.ts';
import type { LegPart, PlacedLeg, WaitingParty } from './settling.ts';

/** What a party pays from, or is paid on, in a currency. */
export interface PartyAccount {
  readonly accountId: string;
  /** What may be taken of it, minor units; without it there is no bound. */
  readonly free?: bigint;
  /** What must stay on it; where there is a bound. */
  readonly floor?: bigint;
  /** Whether it is an account of the centre from which a bank account is paid. */
  readonly toBank?: boolean;
  readonly cannotPay?: string;
  readonly cannotBePaid?: string;
}

/** Who pays or is paid in a leg: what a bank pays out to one stands on another account than what that one pays in. */
export interface LegSide {
  readonly party: Party;
  readonly currency: string;
  readonly isPaid: boolean;
}

export interface OpenLeg extends Leg {
  /** Among the legs of the cycle, from 0. */
  readonly place: number;
}

export interface DividedLegs {
  readonly parts: readonly LegPart[];
  readonly waiting: readonly WaitingParty[];
}

/**
 * Legs in the parts in which they are set aside: many payers in one where there is `together`, else each payer by itself, so that
 * it is clear whom the ledger refuses. Whose accounts cannot be used or have too little on them waits with all its legs of that
 * account; what the centre pays out stands in parts of its own. Between two that name the same account nothing is to move: such a leg
 * is in no part, and keeps nobody waiting.
 */
export function divideLegs(
  legs: readonly OpenLeg[],
  accountOf: (side: LegSide) => PartyAccount,
  together: boolean,
): DividedLegs {
  const waiting: WaitingParty[] = [];
  const usable: { readonly leg: OpenLeg; readonly from: PartyAccount; readonly to: PartyAccount }[] = [];
  for (const leg of legs) {
    const { payer, payee, currency } = leg;
    const from = accountOf({ party: payer, currency, isPaid: false });
    const to = accountOf({ party: payee, currency, isPaid: true });
    if (from.accountId === to.accountId) continue;
    const fault = faultOf(leg, from, to);
    if (fault) waiting.push(fault);
    else usable.push({ leg, from, to });
  }
  const ready: PlacedLeg[] = [];
  const floors = new Map<string, bigint>();
  for (const members of Map.groupBy(usable, ({ from }) => from.accountId).values()) {
    const short = shortageOf(members);
    if (short) {
      waiting.push(short);
      continue;
    }
    for (const { leg, from, to } of members) {
      if (from.floor !== undefined) floors.set(from.accountId, from.floor);
      ready.push(placed(leg, from, to));
    }
  }
  return { parts: legParts(ready, floors, together), waiting };
}

function faultOf(leg: OpenLeg, from: PartyAccount, to: PartyAccount): WaitingParty | undefined {
  const { payer, payee, currency, amount } = leg;
  const at = (participant: Party, { accountId }: PartyAccount, detail: string) => {
    return { participant, code: 'ACCOUNT' as const, currency, amount, accountId, detail };
  };
  if (from.cannotPay !== undefined) return at(payer, from, from.cannotPay);
  return to.cannotBePaid === undefined ? undefined : at(payee, to, to.cannotBePaid);
}

function shortageOf(
  members: readonly { readonly leg: OpenLeg; readonly from: PartyAccount }[],
): WaitingParty | undefined {
  const [first] = members;
  if (first?.from.free === undefined) return undefined;
  const amount = members.reduce((sum, { leg }) => sum + leg.amount, 0n);
  const missing = amount - first.from.free;
  if (missing <= 0n) return undefined;
  const { accountId } = first.from;
  const { payer: participant, currency } = first.leg;
  const detail = 'There is too little on its account; it is asked again once there is more.';
  return { participant, code: 'SHORT_OF_FUNDS', currency, amount, missing, accountId, detail };
}

function placed({ place, payer, currency, amount }: OpenLeg, from: PartyAccount, to: PartyAccount): PlacedLeg {
  const { accountId: debitAccountId } = from;
  return { place, payer, debitAccountId, creditAccountId: to.accountId, currency, amount, toBank: to.toBank === true };
}

/** In the order of the legs; a part has one currency, and what the centre pays is apart from what others pay. */
function legParts(ready: readonly PlacedLeg[], floors: ReadonlyMap<string, bigint>, together: boolean): LegPart[] {
  const inOrder = [...ready].sort((one, other) => one.place - other.place);
  const groups = Map.groupBy(inOrder, (leg) =>
    together ? `${leg.payer === CENTRE} ${leg.currency}` : `${leg.payer === CENTRE} ${leg.debitAccountId}`,
  );
  return [...groups.values()].flatMap((group) =>
    partsOf(group, transferLegsMax).map((legs) => {
      const paying = new Set(legs.map(({ debitAccountId }) => debitAccountId));
      return {
        isOut: legs[0]?.payer === CENTRE,
        legs,
        floors: [...paying].flatMap((accountId) => {
          const floor = floors.get(accountId);
          return floor === undefined ? [] : [[accountId, floor] as const];
        }),
      };
    }),
  );
}
