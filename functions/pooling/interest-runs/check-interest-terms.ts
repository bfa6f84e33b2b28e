import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Pool } from '../pool.ts';
import { type MemberTerms, type PoolTerms, schedulesOf, type TermsContent } from './interest-terms.ts';

/** Ten years: how far back a settlement day may begin. Every period since then is a run of its own. */
const settledDaysBackMax = 3_653;

export interface TermsFault {
  readonly pointer: string;
  readonly detail: string;
}

/** The accounts of a pool as its terms see them: members with their currencies; the header of a NOTIONAL pool too. */
export interface KnownAccounts {
  readonly pool: Pick<Pool, 'kind' | 'currency' | 'headerAccountId'>;
  readonly currencies: ReadonlyMap<string, string>;
}

/** Whether all amounts of the terms are in the pool's currency is checked where they are read. Everything else is here. */
export function termsFaults(terms: PoolTerms, known: KnownAccounts): TermsFault[] {
  return [
    ...kindFaults(terms, known),
    ...terms.members.flatMap((member, index) => memberFaults(member, `/members/${index}`, known)),
    ...twiceFaults(terms.members, '/members'),
    ...foreignFaults(terms, known),
    ...shareFaults(terms, known),
  ];
}

/**
 * What a settlement day would be asked in vain: to settle where nothing has a rate, and periods of long ago. Where one has been
 * computed already, the next begin where it ended, and `from` says nothing any more.
 */
export function settlementDayFaults(
  content: TermsContent,
  { today, isBegun }: { readonly today: PlainDate; readonly isBegun: boolean },
): TermsFault[] {
  const { settlementDay } = content;
  if (!settlementDay) return [];
  const faults: TermsFault[] = [];
  const earliest = addDays(today, -settledDaysBackMax);
  if (!isBegun && settlementDay.from < earliest) {
    const detail = `Send ${earliest} or a later day: interest is settled ten years back at the most.`;
    faults.push({ pointer: '/settlementDay/from', detail });
  }
  if (schedulesOf(content).length === 0) {
    const detail = 'Send rates with it, or leave it out: without any rate there is no interest to settle.';
    faults.push({ pointer: '/settlementDay', detail });
  }
  return faults;
}

/** What still fits once the members have changed since the terms were set. */
export function outdatedFault(content: PoolTerms, known: KnownAccounts): TermsFault | undefined {
  const members = content.members.filter(({ accountId }) => known.currencies.has(accountId));
  const current = { ...content, members };
  return [...foreignFaults(current, known), ...shareFaults(current, known)][0];
}

function kindFaults(terms: PoolTerms, { pool }: KnownAccounts): TermsFault[] {
  const faults: TermsFault[] = [];
  const isNotional = pool.kind === 'NOTIONAL';
  if (isNotional && !terms.allocation) {
    faults.push({ pointer: '/allocation', detail: 'Send an allocation: a NOTIONAL pool has an advantage to share.' });
  }
  if (!isNotional && terms.allocation) {
    faults.push({ pointer: '/allocation', detail: 'Leave it out: only a NOTIONAL pool has an advantage to share.' });
  }
  if (!isNotional && terms.rateSet !== undefined) {
    faults.push({ pointer: '/rateSet', detail: 'Leave it out: only a NOTIONAL pool has members in other currencies.' });
  }
  if (pool.kind !== 'PHYSICAL' && terms.settlement !== undefined) {
    faults.push({ pointer: '/settlement', detail: 'Leave it out: only a PHYSICAL pool has loans to settle.' });
  }
  return faults;
}

function memberFaults(member: MemberTerms, pointer: string, { pool, currencies }: KnownAccounts): TermsFault[] {
  const { accountId, credit, debit, settlementAccountId } = member;
  const faults: TermsFault[] = [];
  if (!currencies.has(accountId) || accountId === pool.headerAccountId) {
    faults.push({ pointer: `${pointer}/accountId`, detail: `${accountId} is no member of the pool.` });
  }
  if (pool.kind === 'NOTIONAL' && (credit || debit)) {
    const detail = 'In a NOTIONAL pool the rates are the bank’s; use INTERNAL_RATES for rates of your own.';
    faults.push({ pointer: `${pointer}/${credit ? 'credit' : 'debit'}`, detail });
  }
  if (settlementAccountId === undefined) return faults;
  const at = `${pointer}/settlementAccountId`;
  if (pool.kind !== 'NOTIONAL') {
    faults.push({ pointer: at, detail: 'Leave it out: only members of a NOTIONAL pool settle elsewhere.' });
  }
  if (settlementAccountId === pool.headerAccountId) {
    faults.push({ pointer: at, detail: 'Name another account than the header: that is who pays the interest.' });
  }
  return faults;
}

function twiceFaults(named: readonly { readonly accountId: string }[], pointer: string): TermsFault[] {
  const seen = new Set<string>();
  return named.flatMap(({ accountId }, index) => {
    if (!seen.has(accountId)) {
      seen.add(accountId);
      return [];
    }
    return [{ pointer: `${pointer}/${index}/accountId`, detail: `${accountId} is named twice.` }];
  });
}

/** Members of other currencies are counted by a rate set and settled on accounts in the pool's currency. */
function foreignFaults(terms: PoolTerms, { pool, currencies }: KnownAccounts): TermsFault[] {
  if (pool.kind !== 'NOTIONAL') return [];
  const foreign = [...currencies].filter(([, currency]) => currency !== pool.currency);
  if (foreign.length === 0) return [];
  const faults: TermsFault[] = [];
  if (terms.rateSet === undefined) {
    const detail = `The pool has members in ${foreign[0]?.[1]}; name the rate set that they are counted by.`;
    faults.push({ pointer: '/rateSet', detail });
  }
  const settled = new Map(terms.members.map((member) => [member.accountId, member.settlementAccountId]));
  for (const [accountId, currency] of foreign) {
    if (settled.get(accountId) !== undefined) continue;
    const detail = `${accountId} is held in ${currency}; name its settlementAccountId in ${pool.currency}.`;
    faults.push({ pointer: '/members', detail });
  }
  return faults;
}

function shareFaults({ allocation }: PoolTerms, { currencies }: KnownAccounts): TermsFault[] {
  const pointer = '/allocation/shares';
  const shares = allocation?.shares ?? [];
  const unknown = shares.flatMap(({ accountId }, index) =>
    currencies.has(accountId)
      ? []
      : [{ pointer: `${pointer}/${index}/accountId`, detail: `${accountId} is no member of the pool.` }],
  );
  return [...unknown, ...twiceFaults(shares, pointer)];
}
