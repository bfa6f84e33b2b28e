import { type Fault, under } from '../../../shared/problems/located-faults.ts';
import type { Participant } from './participant.ts';

/**
 * Whose events obligations come of. References that begin with one and a slash are of what it tells, and found otherwise than those of
 * callers: another one may be added where nobody has recorded such a reference.
 */
export const sources = ['INVOICES', 'POOL_LOANS', 'PAYOUTS', 'COLLECTIONS'] as const;
export type Source = (typeof sources)[number];

/**
 * As what events name a participant. INVOICES: the LEGAL_ENTITY that issues and the CUSTOMER that pays. POOL_LOANS: the POOL_ENTITY of
 * a member. PAYOUTS: the MARKET that owes and the MERCHANT that is owed. COLLECTIONS: the ACCOUNT that the money came to, and the
 * BENEFICIARY whose it is.
 */
export const identityKinds = [
  'LEGAL_ENTITY',
  'CUSTOMER',
  'POOL_ENTITY',
  'MARKET',
  'MERCHANT',
  'ACCOUNT',
  'BENEFICIARY',
] as const;

/** How events name a participant. A tenant has one participant of each, whatever the centre. */
export interface Identity {
  readonly as: (typeof identityKinds)[number];
  readonly value: string;
}

/** To whom an identity leads. */
export interface IdentityRecord extends Identity {
  readonly tenant: string;
  readonly centreId: string;
  readonly participantId: string;
  /** ISO instant. */
  readonly claimedAt: string;
}

export function identityName({ as, value }: Identity): string {
  return `${as}#${value}`;
}

export function hasIdentity({ identities }: Pick<Participant, 'identities'>, identity: Identity): boolean {
  return identities.some((one) => identityName(one) === identityName(identity));
}

/** A request that claims identities has ended by then, whatever became of it. */
const claimMs = 15 * 60_000;

/** Whether a claim that no version of a centre names may still be on its way into one. */
export function isFresh({ claimedAt }: IdentityRecord, at: string): boolean {
  return Date.parse(claimedAt) + claimMs > Date.parse(at);
}

/** Identities that participants of one request share, or one has twice, each at its place. */
export function identityFaults(participants: readonly Participant[]): Fault[] {
  const seen = new Set<string>();
  return participants.flatMap(({ identities }, place) =>
    under(
      [place, 'identities'],
      identities.flatMap((identity, index) => {
        const name = identityName(identity);
        if (!seen.has(name)) {
          seen.add(name);
          return [];
        }
        return [{ path: [index, 'value'], detail: `Send ${identity.as} ${identity.value} once.` }];
      }),
    ),
  );
}
