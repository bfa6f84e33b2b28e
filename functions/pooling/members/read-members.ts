import { defined } from '../../../shared/objects/defined.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import type { HeaderTerms, Investment, LoanContract, Member, Pool } from '../pool.ts';
import type { DownAgreement, DownMethod, PeriodLimit, SimpleUpMethod, UpAgreement, UpMethod } from './agreement.ts';
import type { DownAgreementRequest, UpAgreementRequest } from './agreement-shapes.ts';
import type { MemberRequest, MembersRequest } from './member-shapes.ts';
import { storedReceipts } from './receipt-terms.ts';

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

interface Money {
  readonly minor: bigint;
  readonly currency: string;
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

/** What is agreed in both directions. */
function readAgreements({ up, down }: Pick<MemberRequest, 'up' | 'down'>, at: string, minor: MinorOf) {
  return {
    up: up.map((agreement, index) => readUp(agreement, `${at}/up/${index}`, minor)),
    down: down.map((agreement, index) => readDown(agreement, `${at}/down/${index}`, minor)),
  };
}

type MinorOf = (money: Money, pointer: string) => bigint;

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

function readUp(request: UpAgreementRequest, at: string, minor: MinorOf): UpAgreement {
  const { rule, sweepIfShort, parentsMoney, whenParentFrozen } = request;
  return {
    ...readTerms(request, at, minor),
    rule: readUpMethod(rule, `${at}/rule`, minor),
    sweepIfShort,
    parentsMoney,
    whenParentFrozen,
  };
}

function readDown(request: DownAgreementRequest, at: string, minor: MinorOf): DownAgreement {
  const { rule, partialAllowed, basis, order } = request;
  return {
    ...readTerms(request, at, minor),
    rule: rule ? readDownMethod(rule, `${at}/rule`, minor) : { method: 'ZERO_BALANCE' },
    partialAllowed,
    basis,
    order,
  };
}

function readTerms(request: UpAgreementRequest | DownAgreementRequest, at: string, minor: MinorOf) {
  const { trigger, schedule, effectiveFrom, expiresOn, pauses, levels } = request;
  const { unit, minimum, maximum, triggerAmount } = request;
  const receipts = storedReceipts(request.receipts);
  return {
    trigger,
    effectiveFrom,
    pauses,
    limits: request.limits.map((one, index) => readLimit(one, `${at}/limits/${index}/amount`, minor)),
    ...(expiresOn !== undefined && { expiresOn }),
    ...(schedule && { schedule }),
    ...(levels !== undefined && { levels }),
    ...(receipts && { receipts }),
    ...(unit && { unit: minor(unit, `${at}/unit`) }),
    ...(minimum && { minimum: minor(minimum, `${at}/minimum`) }),
    ...(maximum && { maximum: minor(maximum, `${at}/maximum`) }),
    ...(triggerAmount && { triggerAmount: minor(triggerAmount, `${at}/triggerAmount`) }),
  };
}

function readLimit(request: UpAgreementRequest['limits'][number], at: string, minor: MinorOf): PeriodLimit {
  const amount = minor(request.amount, at);
  if (request.period !== 'RANGE') return { period: { period: request.period }, amount };
  return { period: { period: 'RANGE', from: request.from, to: request.to }, amount };
}

type SimpleRequest = Extract<UpAgreementRequest['rule'], { method: SimpleUpMethod['method'] }>;

function readSimple(rule: SimpleRequest, at: string, minor: MinorOf): SimpleUpMethod {
  switch (rule.method) {
    case 'ZERO_BALANCE':
      return { method: 'ZERO_BALANCE' };
    case 'KEEP_RESERVE':
      return { method: 'KEEP_RESERVE', keep: minor(rule.keep, `${at}/keep`) };
    case 'FIXED':
      return { method: 'FIXED', amount: minor(rule.amount, `${at}/amount`) };
    case 'PERCENTAGE':
      return { method: 'PERCENTAGE', millionths: rule.percentage };
    case 'MULTIPLE':
      return { method: 'MULTIPLE', multiple: minor(rule.multiple, `${at}/multiple`) };
  }
}

function readUpMethod(rule: UpAgreementRequest['rule'], at: string, minor: MinorOf): UpMethod {
  switch (rule.method) {
    case 'TARGET':
      return { method: 'TARGET', target: minor(rule.target, `${at}/target`) };
    case 'THRESHOLD':
      return { method: 'THRESHOLD', threshold: minor(rule.threshold, `${at}/threshold`) };
    case 'COLLAR': {
      const threshold = minor(rule.threshold, `${at}/threshold`);
      return { method: 'COLLAR', threshold, collar: minor(rule.collar, `${at}/collar`) };
    }
    case 'RANGE':
      return {
        method: 'RANGE',
        tiers: rule.tiers.map(({ from, to, rule: inner }, index) => ({
          from: minor(from, `${at}/tiers/${index}/from`),
          ...(to && { to: minor(to, `${at}/tiers/${index}/to`) }),
          rule: readSimple(inner, `${at}/tiers/${index}/rule`, minor),
        })),
      };
    case 'COVER_OVERDRAFT':
    case 'RECALL':
      return { method: rule.method };
    default:
      return readSimple(rule, at, minor);
  }
}

function readDownMethod(rule: NonNullable<DownAgreementRequest['rule']>, at: string, minor: MinorOf): DownMethod {
  switch (rule.method) {
    case 'TARGET':
      return { method: 'TARGET', target: minor(rule.target, `${at}/target`), mode: rule.mode };
    case 'FIXED':
      return { method: 'FIXED', amount: minor(rule.amount, `${at}/amount`) };
    case 'ZERO_BALANCE':
      return { method: 'ZERO_BALANCE' };
  }
}
