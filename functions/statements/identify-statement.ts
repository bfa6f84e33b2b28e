import { createHash } from 'node:crypto';
import type { StatementHeader } from '../../shared/formats/statement-events.ts';
import { deriveId } from '../../shared/identifiers/id.ts';

/** Moves when the digested lines or the parts below change; statements of another version count as others. */
const identityVersion = '2';

export interface StatementIdentity {
  readonly tenant: string;
  readonly accountKey: string;
  readonly header: StatementHeader;
  readonly currency: string | undefined;
  /** Dates that its content says; never that of its making. */
  readonly fromDate?: string;
  readonly toDate?: string;
  /** Content digests of its pages, in order. */
  readonly digests: readonly string[];
}

/**
 * The id of a statement, derived from what it is: account, format, the bank's id and number, dates and content. The
 * message that carried it and its version do not count, so that a statement sent again is the same one. Of reports during
 * the day and statements without a number the message and its time do count: two that say the same are two reports.
 */
export function identifyStatement(identity: StatementIdentity): string {
  const { tenant, accountKey, header, currency = '', fromDate = '', toDate = '', digests } = identity;
  const content = createHash('sha256').update(digests.join('\n')).digest('hex');
  const { format, statementId = '', sequenceNumber = '' } = header;
  const parts = [
    identityVersion,
    tenant,
    accountKey,
    format,
    statementId.toWellFormed(),
    sequenceNumber.toWellFormed(),
  ];
  return deriveId('stm', ...parts, currency, fromDate, toDate, content, ...reportOf(header));
}

const interimFormats: ReadonlySet<string> = new Set(['camt.052', 'MT942']);

/** What tells two reports of the same content apart; empty for a numbered statement of a closed day. */
export function reportOf({ format, sequenceNumber, createdAt = '', messageId = '' }: StatementHeader): string[] {
  if (sequenceNumber !== undefined && !interimFormats.has(format)) return [];
  return [createdAt.toWellFormed(), messageId.toWellFormed()];
}
