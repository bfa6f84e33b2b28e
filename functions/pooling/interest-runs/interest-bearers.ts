import type { Configuration, LoanBook, Member, Pool } from '../pool.ts';
import { pairOf } from '../pool.ts';
import type { Bearer } from './interest-run.ts';
import type { DepositTerms, MemberTerms, PoolTerms } from './interest-terms.ts';

/** An account of an agreed deposit, as its bearer. */
export function depositBearer(
  account: { readonly id: string; readonly holder: string; readonly currency: string },
  { payerAccountId }: Pick<DepositTerms, 'payerAccountId'>,
): Bearer {
  const { id, holder, currency } = account;
  return { accountId: id, entity: holder, currency, bookedOn: id, counterAccountId: payerAccountId };
}

/**
 * The accounts of a pool that bear interest, by id. PHYSICAL: the loans between its entities, positive where the first has
 * lent. LEDGER: every ledger below the main one, which pays them. NOTIONAL: every member and the header, which settles.
 */
export function bearersOf(pool: Pool, configuration: Configuration, terms: PoolTerms): Bearer[] {
  return byKind(pool, configuration, terms).sort((one, other) => (one.accountId < other.accountId ? -1 : 1));
}

function byKind(pool: Pool, configuration: Configuration, terms: PoolTerms): Bearer[] {
  switch (pool.kind) {
    case 'PHYSICAL':
      return configuration.loanBooks.map((book) => loanBearer(pool, configuration, terms, book));
    case 'LEDGER':
      return configuration.members.map((member) => memberBearer(pool, member));
    case 'NOTIONAL':
      return notionalBearers(pool, configuration, terms);
  }
}

function loanBearer(pool: Pool, configuration: Configuration, terms: PoolTerms, book: LoanBook): Bearer {
  const edges = edgesOf(pool, configuration, book);
  const withOwnRates = new Set(terms.members.map(({ accountId }) => accountId));
  const priced = edges.find(({ child }) => withOwnRates.has(child.accountId));
  return {
    accountId: book.accountId,
    entity: book.first,
    currency: pool.currency,
    ...settledOn(terms, book, edges),
    ...(priced && { termsOf: priced.child.accountId }),
  };
}

/** An edge of the tree that joins two entities, seen from the account below. */
interface Edge {
  readonly child: Member;
  readonly parentId: string;
}

/** Edges between the two entities of a loan, by the id of the account below. */
function edgesOf(pool: Pool, { header, members }: Configuration, { pair }: LoanBook): Edge[] {
  const entities = new Map(members.map(({ accountId, entity }) => [accountId, entity]));
  entities.set(pool.rootAccountId, header.entity);
  return members
    .filter(({ entity, parentId }) => {
      const above = entities.get(parentId);
      return above !== undefined && above !== entity && pairOf(entity, above) === pair;
    })
    .map((child) => ({ child, parentId: child.parentId }))
    .sort((one, other) => (one.child.accountId < other.child.accountId ? -1 : 1));
}

/** Cash moves between the accounts of the first edge; a loan whose edges are gone keeps its interest. */
function settledOn(
  { settlement }: PoolTerms,
  { accountId, controlId, first }: LoanBook,
  [edge]: readonly Edge[],
): Pick<Bearer, 'bookedOn' | 'counterAccountId'> {
  if (settlement !== 'ACCOUNT' || !edge) return { bookedOn: accountId, counterAccountId: controlId };
  const { child, parentId } = edge;
  return child.entity === first
    ? { bookedOn: child.accountId, counterAccountId: parentId }
    : { bookedOn: parentId, counterAccountId: child.accountId };
}

function memberBearer({ rootAccountId }: Pool, { accountId, entity, currency }: Member): Bearer {
  return { accountId, entity, currency, bookedOn: accountId, counterAccountId: rootAccountId };
}

function notionalBearers(pool: Pool, { header, members }: Configuration, terms: PoolTerms): Bearer[] {
  const agreed = new Map<string, MemberTerms>(terms.members.map((member) => [member.accountId, member]));
  const { headerAccountId, currency } = pool;
  const headerBearer: Bearer = {
    accountId: headerAccountId,
    entity: header.entity,
    currency,
    bookedOn: headerAccountId,
    counterAccountId: headerAccountId,
    isHeader: true,
  };
  const others = members.map((member): Bearer => {
    const settlesOn = agreed.get(member.accountId)?.settlementAccountId;
    const bearer = { ...memberBearer(pool, member), counterAccountId: headerAccountId };
    return settlesOn === undefined ? bearer : { ...bearer, bookedOn: settlesOn };
  });
  return [headerBearer, ...others];
}
