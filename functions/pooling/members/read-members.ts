import { defined } from '../../../shared/objects/defined.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import type { HeaderTerms, Investment, LoanContract, Member, Pool } from '../pool.ts';
import type { MemberRequest, MembersRequest } from './member-shapes.ts';
import { type MinorOf, readAgreements } from './read-agreements.ts';

/** What the ledger says of an account that matters here. */
export interface AccountFacts {
  readonly currency: string;
  readonly holder: string;
}

export interface ReadMembers {
  readonly header: HeaderTerms;
  readonly members: readonly Member[];
  readonly contracts: readonly LoanContract[];
  /** Amounts in a currency that is not the pool's. */
  readonly faults: readonly FieldFault[];
}

/** A request as the model: amounts in minor units of the pool's currency, what is left out as its default. */
export function readMembers(
  pool: Pick<Pool, 'currency' | 'rootAccountId'>,
  request: MembersRequest,
  facts: ReadonlyMap<string, AccountFacts>,
): ReadMembers {
  const faults: FieldFault[] = [];
  const minor: MinorOf = (money, pointer) => {
    if (money.currency !== pool.currency) {
      faults.push({
        pointer: `${pointer}/currency`,
        detail: `The pool is in ${pool.currency}; send the amount in it.`,
      });
    }
    return money.minor;
  };
  const header: HeaderTerms = {
    entity: request.header?.entity ?? facts.get(pool.rootAccountId)?.holder ?? '',
    reserve: request.header?.reserve ? minor(request.header.reserve, '/header/reserve') : 0n,
    unlimitedOverdraft: request.header?.unlimitedOverdraft ?? false,
    ...(request.header?.investment && { investment: readInvestment(request.header.investment, minor) }),
  };
  const members = request.members.map((member, index) =>
    readMember(member, `/members/${index}`, pool, facts.get(member.accountId), minor),
  );
  const contracts = request.loans.map(({ lender, borrower, contract, ceiling, ...terms }, index) => ({
    lender,
    borrower,
    contract,
    ...defined(terms),
    ...(ceiling && { ceiling: minor(ceiling, `/loans/${index}/ceiling`) }),
  }));
  return { header, members, contracts, faults };
}

function readInvestment(
  { accountId, up, down }: NonNullable<NonNullable<MembersRequest['header']>['investment']>,
  minor: MinorOf,
): Investment {
  return { accountId, ...readAgreements({ up, down }, '/header/investment', minor) };
}

function readMember(
  request: MemberRequest,
  at: string,
  pool: Pick<Pool, 'currency' | 'rootAccountId'>,
  facts: AccountFacts | undefined,
  minor: MinorOf,
): Member {
  const { accountId, parentAccountId, priority, entity, reserve, up, down, bank } = request;
  return {
    accountId,
    parentId: parentAccountId ?? pool.rootAccountId,
    priority,
    entity: entity ?? facts?.holder ?? '',
    currency: facts?.currency ?? pool.currency,
    reserve: reserve ? minor(reserve, `${at}/reserve`) : 0n,
    ...readAgreements({ up, down }, at, minor),
    ...(bank && {
      bank: { workingDaysOnly: bank.workingDaysOnly, closed: bank.closed, ...(bank.hours && { hours: bank.hours }) },
    }),
  };
}
