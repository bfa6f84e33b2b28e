import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/**
 * What a failed write means for the writer.
 * - MOVED: a condition did not hold. What was read is out of date; read and decide again.
 * - BUSY: a conflict with another transaction, or a throttle. Nothing was written; wait a little and try again.
 * - UNKNOWN: no answer came. It may have been written; the record of the key tells.
 * - FATAL: the request itself is wrong.
 */
export type WriteFailure = 'MOVED' | 'BUSY' | 'UNKNOWN' | 'FATAL';

const busyNames = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'ThrottlingError',
]);
const busyReasons = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Reads a failure of PutItem, UpdateItem or TransactWriteItems. A conflict counts before a condition: it is the milder. */
export function classifyWriteFailure(error: unknown): WriteFailure {
  if (error instanceof TransactionCanceledException) {
    const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
    if (codes.some((code) => busyReasons.has(code))) return 'BUSY';
    return codes.includes('ConditionalCheckFailed') ? 'MOVED' : 'FATAL';
  }
  const {
    name = '',
    code = '',
    $metadata,
  } = (error ?? {}) as {
    name?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  if (name === 'ConditionalCheckFailedException') return 'MOVED';
  if (busyNames.has(name)) return 'BUSY';
  // Without an answer there is no status: the connection failed, and the request may have arrived.
  const isConnectionError = /^(E[A-Z_]+|UND_ERR_\w+)$/.test(code) || name === 'TimeoutError' || name === 'AbortError';
  const status = $metadata?.httpStatusCode;
  return isConnectionError || (status !== undefined && status >= 500) ? 'UNKNOWN' : 'FATAL';
}
