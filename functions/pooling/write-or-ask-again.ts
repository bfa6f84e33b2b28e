import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import { general } from '../../shared/problems/general.ts';

/** `writeRetried` for a caller who can ask again. Problem: `request/conflict-retry` where others keep the items busy. */
export function writeOrAskAgain(send: () => Promise<unknown>): Promise<boolean> {
  const detail = 'The accounts are being changed by others. Send the request again.';
  return writeRetried(send, () => general['conflict-retry'].with({ detail }));
}
