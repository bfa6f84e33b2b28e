import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { positive } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Configuration, LoanContract, Pool } from '../pool.ts';
import { type ContractState, contractOn, contractState, contractsByDirection, directionOf } from './contract-terms.ts';

/** One direction between two entities: what is outstanding, and under which contract. Minor units. */
export interface Loan {
  readonly lender: string;
  readonly borrower: string;
  readonly outstanding: bigint;
  readonly accountId?: string;
  readonly terms?: LoanTerms;
}

/** The contract that counts for a loan on the day. */
export interface LoanTerms {
  readonly contract: LoanContract;
  readonly state: ContractState;
  /** What may be lent besides; undefined without a ceiling. */
  readonly room?: bigint;
  /** Lent under a contract that has expired. */
  readonly overdue: boolean;
}

export interface EntityPosition {
  readonly entity: string;
  readonly lent: bigint;
  readonly borrowed: bigint;
}

/**
 * The loans of a pool as the ledger has them. Of a PHYSICAL pool they are the positions of the pairs: one direction is open
 * at most, the other is listed where a contract allows it. In a LEDGER pool all money lies in the header's real account, so
 * what an entity's ledgers hold it has lent to the header's entity, and what they are overdrawn it has borrowed.
 */
export function listLoans(
  pool: Pick<Pool, 'kind'>,
  configuration: Configuration,
  balances: ReadonlyMap<string, bigint>,
  date: PlainDate,
): Loan[] {
  const open = pool.kind === 'LEDGER' ? ledgerLoans(configuration, balances) : pairLoans(configuration, balances);
  const contracts = contractsByDirection(configuration.contracts);
  const directions = new Set(open.map(directionOf));
  const unused = [...contracts].flatMap(([direction, [one]]): Loan[] =>
    one && !directions.has(direction) ? [{ lender: one.lender, borrower: one.borrower, outstanding: 0n }] : [],
  );
  return [...open, ...unused]
    .map((loan) => withTerms(loan, contracts.get(directionOf(loan)), date))
    .sort((one, other) => (directionOf(one) < directionOf(other) ? -1 : 1));
}

function withTerms(loan: Loan, contracts: readonly LoanContract[] | undefined, date: PlainDate): Loan {
  const contract = contractOn(contracts, date);
  if (!contract) return loan;
  const state = contractState(contract, date);
  const ceiling = state === 'IN_FORCE' ? contract.ceiling : 0n;
  const room = ceiling === undefined ? {} : { room: positive(ceiling - loan.outstanding) };
  return { ...loan, terms: { contract, state, ...room, overdue: state === 'EXPIRED' && loan.outstanding > 0n } };
}

/** What each entity has lent and borrowed in all, by name. */
export function positionsOf(loans: readonly Loan[]): EntityPosition[] {
  const entities = [...new Set(loans.flatMap(({ lender, borrower }) => [lender, borrower]))].sort();
  return entities.map((entity) => ({
    entity,
    lent: sum(loans.filter(({ lender }) => lender === entity).map(({ outstanding }) => outstanding)),
    borrowed: sum(loans.filter(({ borrower }) => borrower === entity).map(({ outstanding }) => outstanding)),
  }));
}

function pairLoans({ loanBooks }: Configuration, balances: ReadonlyMap<string, bigint>): Loan[] {
  return loanBooks.flatMap(({ first, second, accountId }) =>
    directed(first, second, balances.get(accountId) ?? 0n, accountId),
  );
}

function ledgerLoans({ header, members }: Configuration, balances: ReadonlyMap<string, bigint>): Loan[] {
  const positions = new Map<string, bigint>();
  for (const { entity, accountId } of members) {
    if (entity === header.entity) continue;
    positions.set(entity, (positions.get(entity) ?? 0n) + (balances.get(accountId) ?? 0n));
  }
  return [...positions].flatMap(([entity, position]) => directed(entity, header.entity, position));
}

function directed(first: string, second: string, position: bigint, accountId?: string): Loan[] {
  if (position === 0n) return [];
  const [lender, borrower] = position > 0n ? [first, second] : [second, first];
  return [{ lender, borrower, outstanding: position > 0n ? position : -position, ...(accountId && { accountId }) }];
}
