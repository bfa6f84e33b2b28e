import { sum } from '../../../shared/money/sum.ts';
import type { Configuration, Pool } from '../pool.ts';

/** One direction between two entities: what is outstanding, and under which contract. Minor units. */
export interface Loan {
  readonly lender: string;
  readonly borrower: string;
  readonly outstanding: bigint;
  readonly contract?: string;
  readonly ceiling?: bigint;
  readonly accountId?: string;
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
): Loan[] {
  const open = pool.kind === 'LEDGER' ? ledgerLoans(configuration, balances) : pairLoans(configuration, balances);
  const contracts = new Map(configuration.contracts.map((one) => [keyOf(one), one]));
  const listed = open.map((loan): Loan => {
    const contract = contracts.get(keyOf(loan));
    contracts.delete(keyOf(loan));
    return { ...loan, ...termsOf(contract) };
  });
  const unused = [...contracts.values()].map(
    (one): Loan => ({
      lender: one.lender,
      borrower: one.borrower,
      outstanding: 0n,
      ...termsOf(one),
    }),
  );
  return [...listed, ...unused].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
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

function termsOf(contract: { contract: string; ceiling?: bigint } | undefined) {
  if (!contract) return {};
  return { contract: contract.contract, ...(contract.ceiling !== undefined && { ceiling: contract.ceiling }) };
}

function keyOf({ lender, borrower }: { readonly lender: string; readonly borrower: string }): string {
  return JSON.stringify([lender, borrower]);
}
