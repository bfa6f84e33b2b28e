import type { FieldFault } from '../../../shared/problems/problem.ts';
import type { LedgerAccount } from '../../ledger/published.ts';
import type { Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import { agreementFaults, contractFaults, investmentFaults, treeFaults } from './check-members.ts';
import type { MembersRequest } from './member-shapes.ts';
import type { ReadMembers } from './read-members.ts';

/** Why a request for members is refused, before anything of it is written. */

const faultsToldMax = 50;
const earmarked: ReadonlySet<string> = new Set(['WAGE', 'ESCROW', 'RESERVE']);
/** Purposes of accounts whose money is the holder's own and there to be used. */
const poolable: ReadonlySet<string> = new Set(['GENERAL', 'INCOME', 'EXPENSE']);

/** The pool is there in full: of a LEDGER pool, the book over its real account is made. Problem: `pooling/pool-opening`. */
export function requireOpen(pool: Pick<Pool, 'id' | 'opening'>): void {
  if (!pool.opening) return;
  throw problems['pool-opening'].with({ detail: `The pool ${pool.id} is being opened.`, poolId: pool.id });
}

/** The configuration is the one that the caller looked at. */
export function requireVersion(pool: Pool, expected: number | undefined): void {
  if (expected === undefined || expected === pool.configVersion) return;
  const detail = `The configuration has version ${pool.configVersion}, not ${expected}.`;
  throw problems['version-conflict']
    .with({ detail, version: pool.configVersion })
    .at({ pointer: '/expectedVersion', detail });
}

export const investmentPointer = '/header/investment/accountId';

/** Every account is in the ledger and may join. */
export function requireAccounts(
  pool: Pool,
  request: MembersRequest,
  accounts: ReadonlyMap<string, LedgerAccount>,
): void {
  const investment = request.header?.investment;
  const named = [
    ...request.members.map(({ accountId }, index) => ({ accountId, pointer: `/members/${index}/accountId` })),
    ...(investment && pool.kind === 'PHYSICAL'
      ? [{ accountId: investment.accountId, pointer: investmentPointer }]
      : []),
  ];
  for (const { accountId, pointer } of named) {
    const account = accounts.get(accountId);
    if (!account) throw accountNotFound(accountId, pointer);
    requireAllowed(pool, account, pointer);
  }
}

export function accountNotFound(accountId: string, pointer: string) {
  const detail = `There is no account ${accountId}.`;
  return problems['account-not-found'].with({ detail, accountId }).at({ pointer, detail });
}

/** Whether an account may be swept, or counted, in a pool of this kind. */
export function requireAllowed(
  pool: Pick<Pool, 'id' | 'kind' | 'currency'>,
  account: LedgerAccount,
  pointer: string,
): void {
  const detail = whyBarred(pool, account);
  if (detail) throw problems['account-not-allowed'].with({ detail, accountId: account.id }).at({ pointer, detail });
  if (account.currency === pool.currency || pool.kind === 'NOTIONAL') return;
  const mismatch = `The account ${account.id} is held in ${account.currency}, the pool in ${pool.currency}.`;
  throw problems['currency-mismatch']
    .with({ detail: mismatch, currency: pool.currency })
    .at({ pointer, detail: mismatch });
}

function whyBarred({ id, kind }: Pick<Pool, 'id' | 'kind'>, account: LedgerAccount): string | undefined {
  const { purpose, hot, status, book, owner } = account;
  if (earmarked.has(purpose))
    return `Accounts of the purpose ${purpose} are barred from pools: their money has an owner and a purpose of its own.`;
  if (!poolable.has(purpose))
    return `A ${purpose} account is barred from pools: it keeps count of money that lies elsewhere or is on its way.`;
  if (owner !== undefined && owner !== 'pooling') return `It belongs to the capability ${owner}, which alone moves it.`;
  if (hot) return 'Nothing is authorised against a hot account, so nothing can be swept from it.';
  if (status === 'CLOSED') return 'The account is closed.';
  if (kind === 'LEDGER')
    return book?.id === id && book.role !== 'REAL' && book.role !== 'CONTROL' ? undefined : noLedger;
  return book ? 'It belongs to the book of a ledger pool; its money moves inside that.' : undefined;
}

const noLedger = 'It is no internal ledger of this pool; open one with POST …/ledgers.';

/** Every member of a LEDGER pool is a ledger that was opened to its end. */
export function requireLedgersKnown(
  { id }: Pick<Pool, 'id'>,
  accountIds: readonly string[],
  memberships: ReadonlyMap<string, string>,
): void {
  const index = accountIds.findIndex((accountId) => memberships.get(accountId) !== id);
  const accountId = accountIds[index];
  if (accountId === undefined) return;
  const fault = { pointer: `/members/${index}/accountId`, detail: noLedger };
  throw problems['account-not-allowed'].with({ detail: noLedger, accountId }).at(fault);
}

/** What is asked for fits together: currency, tree, agreements, kind. */
export function requireSense(pool: Pool, read: ReadMembers, accounts: ReadonlyMap<string, LedgerAccount>): void {
  refuse('currency-mismatch', read.faults);
  refuse('tree-malformed', treeFaults(pool, read.members));
  refuse('members-malformed', [
    ...agreementFaults(read),
    ...investmentFaults(pool, read, accounts),
    ...kindFaults(pool, read),
    ...(pool.kind === 'PHYSICAL' ? contractFaults(pool, read) : []),
    ...headerFaults(pool, read, accounts),
  ]);
}

function refuse(
  problem: 'currency-mismatch' | 'tree-malformed' | 'members-malformed',
  faults: readonly FieldFault[],
): void {
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  throw problems[problem]
    .with({ detail: `${first.pointer}: ${first.detail}${more}` })
    .at(...faults.slice(0, faultsToldMax));
}

function kindFaults({ kind }: Pool, { members, contracts }: ReadMembers): FieldFault[] {
  const faults: FieldFault[] = [];
  if (kind === 'NOTIONAL') {
    for (const [index, { up, down }] of members.entries()) {
      if (up.length + down.length > 0)
        faults.push({
          pointer: `/members/${index}`,
          detail: 'In a notional pool nothing moves; leave the agreements out.',
        });
    }
  }
  if (kind !== 'PHYSICAL' && contracts.length > 0) {
    faults.push({
      pointer: '/loans',
      detail: 'Contracts bound the loans that sweeps of a PHYSICAL pool make; leave them out.',
    });
  }
  return faults;
}

function headerFaults(pool: Pool, { header }: ReadMembers, accounts: ReadonlyMap<string, LedgerAccount>): FieldFault[] {
  if (!header.unlimitedOverdraft || accounts.get(pool.rootAccountId)?.floor === undefined) return [];
  return [
    {
      pointer: '/header/unlimitedOverdraft',
      detail: 'The header’s account has a bound of its own; give it the constraint NONE first.',
    },
  ];
}

export function inOtherPool(accountId: string, poolId: string, pointer: string) {
  const detail = `The account ${accountId} belongs to the pool ${poolId}.`;
  return problems['account-in-other-pool'].with({ detail, accountId, poolId }).at({ pointer, detail });
}

export function changedMeanwhile() {
  const detail = 'The pool was changed while its members were being set. Nothing of this request is in force.';
  return problems['version-conflict'].with({ detail });
}
