import type { WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { larger, positive } from '../../../shared/money/compare.ts';
import { ceilingOn, contractsByDirection, directionOf } from '../loans/contract-terms.ts';
import { type BankDays, type Configuration, type Member, type MemberState, pairOf } from '../pool.ts';
import { timeOfRun } from '../schedule/slots.ts';
import { countedOf } from './counted-limits.ts';
import { stateOf, stillThere } from './member-states.ts';
import { agreementInForce, downRuleOf, type Occasion, receiptsOf, upRuleOf } from './rule-in-force.ts';
import { type Blocked, isIdle, type LoanState, type SweepNode } from './sweep-node.ts';

/** What the ledger says of an account, in minor units. */
export interface AccountFigures {
  readonly status: 'ACTIVE' | 'FROZEN' | 'CLOSED';
  readonly posted: bigint;
  readonly pendingOut: bigint;
  readonly frozen: bigint;
  /** The balance below which it may not be debited; undefined without a bound. */
  readonly floor?: bigint;
}

/** Everything a plan is made of, as read. */
export interface Situation {
  readonly rootAccountId: string;
  /** Whether that is the account in which the header, its one child, invests. */
  readonly invests?: boolean;
  readonly configuration: Configuration;
  readonly accounts: ReadonlyMap<string, AccountFigures>;
  readonly states: ReadonlyMap<string, MemberState>;
  readonly calendar: WorkingDayCalendar;
  /** 'HH:MM' now: when a run that is started by hand takes place. */
  readonly time: string;
}

/** The accounts of a pool as the planner takes them: what counts of the agreements on the occasion, and what may move. */
export function prepareNodes(situation: Situation, occasion: Occasion): { nodes: SweepNode[]; loans: LoanState[] } {
  const { configuration, rootAccountId } = situation;
  const entities = new Map(configuration.members.map(({ accountId, entity }) => [accountId, entity]));
  entities.set(rootAccountId, configuration.header.entity);
  const books = new Map(configuration.loanBooks.map((book) => [book.pair, book]));
  const members = configuration.members.map((member) => {
    const node = memberNode(situation, occasion, member);
    const parentEntity = entities.get(member.parentId) ?? '';
    const book = parentEntity === member.entity ? undefined : books.get(pairOf(member.entity, parentEntity));
    if (!book) return node;
    return {
      ...node,
      loan: { pair: book.pair, child: book.first === member.entity ? ('FIRST' as const) : ('SECOND' as const) },
    };
  });
  return { nodes: [topNode(situation), ...members], loans: loanStates(situation, occasion.businessDate) };
}

/** The header; where it invests, its investment account. */
function topNode(situation: Situation): SweepNode {
  const { rootAccountId, configuration } = situation;
  const figures = figuresOf(situation, rootAccountId);
  const { reserve, unlimitedOverdraft } = configuration.header;
  const blocked = blockedBy(figures);
  return {
    id: rootAccountId,
    priority: 0,
    ...moneyOf(figures),
    reserve: larger(reserve, figures.floor ?? 0n),
    up: { idle: 'NO_AGREEMENT' },
    down: { idle: 'NO_AGREEMENT' },
    sentByParent: 0n,
    ...lendsWithoutBound(unlimitedOverdraft, figures),
    ...(situation.invests && { invested: true as const }),
    ...(blocked && { blocked }),
  };
}

function memberNode(situation: Situation, occasion: Occasion, member: Member): SweepNode {
  const { businessDate } = occasion;
  const figures = figuresOf(situation, member.accountId);
  const state = stateOf(situation.states, member);
  const up = upRuleOf(agreementInForce(member.up, occasion), state, businessDate);
  const down = downRuleOf(agreementInForce(member.down, occasion), state, businessDate);
  const kept = !isIdle(up) && up.rule.method === 'KEEP_RESERVE' ? up.rule.keep : 0n;
  const blocked = blockedBy(figures) ?? closedBank(situation, member.bank, occasion);
  const money = moneyOf(figures);
  const receipts = receiptsOf(member, occasion);
  const counted = countedOf(member, businessDate);
  return {
    id: member.accountId,
    parentId: member.parentId,
    priority: member.priority,
    ...money,
    reserve: larger(larger(member.reserve, kept), figures.floor ?? 0n),
    up,
    down,
    sentByParent: stillThere(state.sentByParent, money.available),
    owed: positive(-state.position),
    ...lendsWithoutBound(member.unlimitedOverdraft, figures),
    ...(blocked && { blocked }),
    ...(receipts && { receipts }),
    ...(counted && { counted }),
  };
}

/** Frozen money stays where it is: while there is some, the ledger lets no account below zero. */
function lendsWithoutBound(isAgreed: boolean | undefined, { frozen }: AccountFigures) {
  return isAgreed && frozen === 0n ? { unlimitedOverdraft: true } : {};
}

function moneyOf({ posted, pendingOut, frozen }: AccountFigures): { available: bigint; unencumbered: bigint } {
  return { available: posted - pendingOut - frozen, unencumbered: posted };
}

function figuresOf({ accounts }: Situation, accountId: string): AccountFigures {
  const figures = accounts.get(accountId);
  if (!figures) throw new Error(`The account ${accountId} of the pool is not in the ledger.`);
  return figures;
}

function blockedBy({ status }: AccountFigures): Blocked | undefined {
  if (status === 'CLOSED') return 'ACCOUNT_CLOSED';
  return status === 'FROZEN' ? 'ACCOUNT_FROZEN' : undefined;
}

function closedBank(
  { calendar, time: timeNow }: Situation,
  bank: BankDays | undefined,
  { businessDate: date, runNumber }: Occasion,
): Blocked | undefined {
  if (!bank) return undefined;
  const time = timeOfRun(runNumber) ?? timeNow;
  const isClosed =
    bank.closed.some(({ from, to }) => from <= date && date <= to) ||
    (bank.workingDaysOnly && !calendar.isWorkingDay(date)) ||
    (bank.hours !== undefined && (time < bank.hours.opens || time > bank.hours.closes));
  return isClosed ? 'BANK_CLOSED' : undefined;
}

/** The loans as the ledger has them, with the ceilings of the contracts on the day. */
function loanStates(
  { configuration, accounts }: Pick<Situation, 'configuration' | 'accounts'>,
  date: PlainDate,
): LoanState[] {
  const contracts = contractsByDirection(configuration.contracts);
  const ceiling = (lender: string, borrower: string) =>
    ceilingOn(contracts.get(directionOf({ lender, borrower })), date);
  return configuration.loanBooks.map(({ pair, first, second, accountId }) => {
    const firstLendsMax = ceiling(first, second);
    const secondLendsMax = ceiling(second, first);
    return {
      pair,
      position: accounts.get(accountId)?.posted ?? 0n,
      ...(firstLendsMax !== undefined && { firstLendsMax }),
      ...(secondLendsMax !== undefined && { secondLendsMax }),
    };
  });
}
