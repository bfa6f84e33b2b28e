import type { FloorLimit, StatementFormat } from '../../shared/formats/statement-events.ts';
import type { Actor } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { Movement, StatementStatus } from './check-balances.ts';
import { chainPosition } from './continuity.ts';
import type { Flag } from './flags.ts';
import type { PageFacts, Statement } from './statement.ts';

export type Cause = Pick<Actor, 'client' | 'role' | 'requestId'>;

export interface StoredBalance {
  readonly type: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly date?: string;
}

/** A statement at rest: the item whose writing makes it and its entries visible. Amounts are minor units. */
export interface StoredStatement {
  readonly tenant: string;
  readonly id: string;
  readonly format: StatementFormat;
  readonly version?: string;
  readonly messageId?: string;
  readonly statementId?: string;
  readonly sequenceNumber?: string;
  readonly createdAt?: string;
  /** The full number stands here only; it is never in a key, a log line, an event or an answer. */
  readonly bankAccount: { readonly number: string; readonly bic?: string; readonly ownerName?: string };
  readonly accountKey: string;
  /** Absent while UNASSIGNED. */
  readonly accountId?: string;
  readonly currency?: string;
  readonly fromDate?: string;
  readonly toDate?: string;
  readonly status: StatementStatus;
  readonly opening?: StoredBalance;
  readonly closing?: StoredBalance;
  readonly computedClosing?: bigint;
  readonly difference?: bigint;
  readonly balances: readonly StoredBalance[];
  readonly credits: Movement;
  readonly debits: Movement;
  readonly entries: number;
  readonly flags: readonly Flag[];
  readonly floorLimits?: readonly FloorLimit[];
  readonly information?: string;
  readonly pagesCount: number;
  readonly pages: readonly PageFacts[];
  /** Its account's chain and its place in it; absent where there are no balances to compare. */
  readonly chainOf?: string;
  readonly chainAt?: string;
  readonly importId: string;
  /** Where its entries lie: the attempt to import it that came first. */
  readonly entriesOf: string;
  readonly importedAt: string;
  readonly importedBy: Cause;
  /** Who assigned it by hand, and when. */
  readonly assignedAt?: string;
  readonly assignedBy?: Cause;
}

export interface ImportFacts {
  readonly tenant: string;
  readonly importId: string;
  readonly entriesOf: string;
  readonly importedAt: string;
  readonly importedBy: Cause;
  readonly accountId: string | undefined;
  /** Flags found by looking the account up. */
  readonly flags: readonly Flag[];
  readonly placeInFile: number;
}

export function storedStatement(statement: Statement, facts: ImportFacts): StoredStatement {
  const { header, accountKey, currency = '', opening, closing, check } = statement;
  const { accountId, placeInFile, flags, ...importFacts } = facts;
  const { account, sequenceNumber, format } = header;
  const chainAt = chainPosition(statement, placeInFile);
  return {
    ...importFacts,
    id: statement.id,
    format,
    ...defined({ version: header.version, messageId: header.messageId, statementId: header.statementId }),
    ...defined({ createdAt: header.createdAt, accountId, currency: statement.currency }),
    ...defined({ fromDate: statement.fromDate, toDate: statement.toDate }),
    ...(sequenceNumber !== undefined && { sequenceNumber }),
    bankAccount: {
      number: account.iban ?? account.number ?? '',
      ...defined({ bic: account.bic, ownerName: account.ownerName }),
    },
    accountKey,
    ...check,
    ...(opening && { opening: balanceAtRest(opening) }),
    ...(closing && { closing: balanceAtRest(closing) }),
    balances: statement.balances.map(balanceAtRest),
    credits: statement.credits,
    debits: statement.debits,
    entries: statement.entries,
    flags: [...statement.flags, ...flags],
    ...defined({ floorLimits: statement.floorLimits, information: statement.information }),
    pagesCount: statement.pagesCount,
    pages: statement.pages,
    ...(chainAt !== undefined && { chainOf: [facts.tenant, accountKey, currency, format].join('#'), chainAt }),
  };
}

function balanceAtRest({ type, amount, currency, date }: StoredBalance): StoredBalance {
  return { type, amount, currency, ...(date !== undefined && { date }) };
}
