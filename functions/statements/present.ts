import type * as z from 'zod';
import type { EntryDetail, References } from '../../shared/formats/statement-events.ts';
import { maskAccount } from '../../shared/identifiers/mask.ts';
import { presentAmount } from '../../shared/money/present.ts';
import { magnitude } from '../../shared/money/rounding.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { Movement } from './check-balances.ts';
import type { Continuity } from './continuity.ts';
import type { Flag } from './flags.ts';
import type * as shapes from './shapes.ts';
import type { PageFacts } from './statement.ts';
import type { StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

/** What leaves the capability: amounts with their currency, numbers masked, keyed hashes to search by. */
export type HashNumber = (number: string) => string;

type Amount = ReturnType<typeof presentAmount>;
type Summary = z.input<typeof shapes.statementSummary>;

export function presentSummary(statement: StoredStatement, continuity?: Continuity): Summary {
  const { currency, difference, computedClosing, opening, closing } = statement;
  const money = moneyOf(currency);
  return {
    id: statement.id,
    format: statement.format,
    ...defined({ statementId: statement.statementId, sequenceNumber: statement.sequenceNumber }),
    account: {
      number: maskAccount(statement.bankAccount.number),
      accountKey: statement.accountKey,
      ...defined({ bic: statement.bankAccount.bic, ownerName: statement.bankAccount.ownerName }),
    },
    assignment: statement.accountId === undefined ? 'UNASSIGNED' : 'ASSIGNED',
    ...defined({ accountId: statement.accountId, currency }),
    ...defined({ fromDate: statement.fromDate, toDate: statement.toDate }),
    status: statement.status,
    ...defined({ opening: money(opening?.amount), closing: money(closing?.amount) }),
    ...defined({ computedClosing: money(computedClosing), difference: money(difference) }),
    credits: presentMovement(statement.credits, money),
    debits: presentMovement(statement.debits, money),
    entries: statement.entries,
    flags: [...statement.flags, ...gapFlags(continuity)].map((flag) => presentFlag(flag, money)),
    importedAt: statement.importedAt,
    ...(continuity && { continuity: presentContinuity(continuity, money) }),
  };
}

export function presentStatement(statement: StoredStatement, continuity: Continuity): z.input<typeof shapes.statement> {
  const money = moneyOf(statement.currency);
  return {
    ...presentSummary(statement, continuity),
    continuity: presentContinuity(continuity, money),
    ...defined({ version: statement.version, messageId: statement.messageId, createdAt: statement.createdAt }),
    ...defined({ openingType: statement.opening?.type, closingType: statement.closing?.type }),
    balances: statement.balances.map(({ type, amount, currency, date }) => ({
      type,
      amount: presentAmount(amount, currency),
      ...defined({ date }),
    })),
    ...defined({ information: statement.information }),
    ...(statement.floorLimits && {
      floorLimits: statement.floorLimits.map(({ amount, currency, creditDebit }) => ({
        amount: presentAmount(amount, currency),
        ...defined({ creditDebit }),
      })),
    }),
    pagesCount: statement.pagesCount,
    pages: statement.pages.map((page) => presentPage(page, money)),
    importedBy: statement.importedBy,
  };
}

type PresentMoney = (minor: bigint | undefined) => Amount | undefined;

function moneyOf(currency: string | undefined): PresentMoney {
  return (minor) => (currency === undefined || minor === undefined ? undefined : presentAmount(minor, currency));
}

function presentMovement({ count, total }: Movement, money: PresentMoney) {
  return { count, ...defined({ total: money(total) }) };
}

function gapFlags({ status, previousStatementId, difference = 0n }: Continuity = { status: 'FIRST' }): Flag[] {
  if (status !== 'CONTINUITY_GAP') return [];
  return [{ code: 'CONTINUITY_GAP', count: 1, where: [previousStatementId ?? 'opening'], difference }];
}

function presentFlag({ code, count, where, difference }: Flag, money: PresentMoney) {
  return { code, count, where: where.map(String), ...defined({ difference: money(difference) }) };
}

function presentContinuity(
  { status, previousStatementId, previousClosing, difference }: Continuity,
  money: PresentMoney,
) {
  return {
    status,
    ...defined({ previousStatementId, previousClosing: money(previousClosing), difference: money(difference) }),
  };
}

function presentPage({ number, entries, opening, closing, difference }: PageFacts, money: PresentMoney) {
  return {
    number,
    entries,
    ...defined({ opening: money(opening), closing: money(closing), difference: money(difference) }),
  };
}

export function presentEntry(entry: StoredEntry, hash: HashNumber): z.input<typeof shapes.entry> {
  const { amount, currency, counterparty } = entry;
  return {
    id: entry.id,
    sequence: entry.sequence,
    creditDebit: entry.creditDebit,
    amount: presentAmount(magnitude(amount), currency),
    ...(counterparty && { counterparty: presentCounterparty(counterparty, hash) }),
    references: presentReferences(entry.references),
    ...defined({ remittance: entry.remittance, additionalInformation: entry.additionalInformation }),
    reversal: entry.reversal,
    status: entry.status,
    ...defined({ bookingDate: entry.bookingDate, valueDate: entry.valueDate }),
    ...defined({ bankReference: entry.bankReference, entryReference: entry.entryReference }),
    ...defined({ transactionCode: entry.transactionCode }),
    detailsCount: entry.detailsCount,
    details: entry.details.map((detail) => presentDetail(detail, hash)),
    ...defined({
      declaredDetailsCount: entry.declaredDetailsCount,
      detailsDifference: signed(entry.detailsDifference, currency),
    }),
    flags: [...entry.flags],
  };
}

export function presentDetail(detail: EntryDetail, hash: HashNumber): z.input<typeof shapes.entryDetail> {
  const { amount, currency, counterparty, references, remittance } = detail;
  return {
    ...(amount !== undefined &&
      currency !== undefined && {
        creditDebit: amount < 0n ? ('DEBIT' as const) : ('CREDIT' as const),
        amount: presentAmount(magnitude(amount), currency),
      }),
    ...(counterparty && { counterparty: presentCounterparty(counterparty, hash) }),
    references: presentReferences(references),
    ...defined({ remittance }),
  };
}

export function presentCounterparty(
  { name, account, bic }: NonNullable<StoredEntry['counterparty']>,
  hash: HashNumber,
) {
  return {
    ...defined({ name, bic }),
    ...(account && { account: maskAccount(account), counterpartyKey: hash(account) }),
  };
}

function presentReferences(references: References): Record<string, string> {
  return { ...references };
}

function signed(minor: bigint | undefined, currency: string): Amount | undefined {
  return minor === undefined ? undefined : presentAmount(minor, currency);
}
