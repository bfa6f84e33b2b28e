import { createHash } from 'node:crypto';
import type { StatementHeader } from '../../shared/formats/statement-events.ts';
import { deriveId } from '../../shared/identifiers/id.ts';

/** Moves when the digested lines or the parts below change; statements of another version count as others. */
const identityVersion = '1';

export interface StatementIdentity {
  readonly tenant: string;
  readonly accountKey: string;
  readonly header: StatementHeader;
  readonly currency: string | undefined;
  readonly fromDate?: string;
  readonly toDate?: string;
  /** Content digests of its pages, in order. */
  readonly digests: readonly string[];
}

/**
 * The id of a statement, derived from what it is: account, format, the bank's id and number, dates and content. The
 * message that carried it and its version do not count, so that a statement sent again is the same one.
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
  return deriveId('stm', ...parts, currency, fromDate, toDate, content);
}
