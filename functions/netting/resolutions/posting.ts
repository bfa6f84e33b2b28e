import type * as ledgers from '../../ledger/published.ts';
import type { Leg, TransferOrder } from '../../ledger/published.ts';
import type { Party } from '../terms/parties.ts';
import type { PostedSet } from './posting-order.ts';
import type { Resolution } from './resolution.ts';
import type { PostedParty } from './resolution-lines.ts';
import { netLegs } from './set-legs.ts';

export type PostedLeg = Omit<Leg, 'held'>;

/** What is called of the ledger to post. */
type PostingLedger = Pick<typeof ledgers, 'postTransfers' | 'holdTransfers' | 'endHolds'>;

/** What the sets of one decision are posted with. */
export interface Posting {
  readonly ledger: PostingLedger;
  readonly resolution: Resolution;
  readonly now: Date;
  /** Those that have limits. */
  readonly limited: ReadonlySet<Party>;
  legsOf(set: PostedSet): PostedLeg[];
  floorOf(accountId: string): bigint;
}

export function postingOf(
  ledger: PostingLedger,
  resolution: Resolution,
  parties: readonly PostedParty[],
  now: Date,
): Posting {
  const { currency } = resolution;
  const accounts = new Map(parties.map(({ party, accountId }) => [party, accountId]));
  const floors = new Map(parties.map(({ accountId, floor }) => [accountId, floor]));
  const limited = new Set(parties.filter(({ isLimited }) => isLimited).map(({ party }) => party));
  const accountOf = (party: Party) => {
    const accountId = accounts.get(party);
    if (accountId === undefined) throw new Error(`It was decided to pay ${party}, which has no account.`);
    return accountId;
  };
  const legsOf = ({ lines }: PostedSet) =>
    netLegs(lines).map(({ payer, payee, amount }) => {
      return { debitAccountId: accountOf(payer), creditAccountId: accountOf(payee), amount, currency };
    });
  return { ledger, resolution, now, limited, legsOf, floorOf: (accountId) => floors.get(accountId) ?? 0n };
}

/** Name of what is asked of the ledger for a set: a set is decided once, and has a number of its own. */
export function nameOf({ id }: Resolution, { set }: PostedSet, what: readonly string[]): string[] {
  return ['netting', 'resolution', id, String(set), ...what];
}

/** A transfer of legs that leaves on each paying account what has to stay there. */
export function toOrder(
  { resolution, floorOf }: Posting,
  set: PostedSet,
  what: readonly string[],
  legs: readonly PostedLeg[],
): TransferOrder {
  const guards = [...new Set(legs.map(({ debitAccountId }) => debitAccountId))].map((accountId) => {
    return { accountId, freeMin: floorOf(accountId) };
  });
  const said = [
    legs.map(({ debitAccountId, creditAccountId, amount }) => [debitAccountId, creditAccountId, String(amount)]),
    guards.map(({ accountId, freeMin }) => [accountId, String(freeMin)]),
  ];
  const { id, centreId, cause } = resolution;
  return {
    name: nameOf(resolution, set, what),
    fingerprint: JSON.stringify(said),
    legs,
    references: { centreId, resolutionId: id, set: String(set.set) },
    guards,
    cause,
  };
}
