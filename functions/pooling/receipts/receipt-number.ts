import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';

/** Five bits each: 80 bits, in which a million receipts of one day meet once in 10^12 days. */
const digestCharacters = 16;

/**
 * The number that is printed on a receipt: its business date and a digest of what it is of, such as
 * 20260302-7K3QX9M2T4V8N6PB. The same receipt has the same number whenever it is read; nothing counts them.
 */
export function receiptNumber(
  { id, businessDate }: { readonly id: string; readonly businessDate: PlainDate },
  ...what: readonly string[]
): string {
  const digest = deriveId('receipt', id, ...what).slice(-digestCharacters);
  return `${businessDate.replaceAll('-', '')}-${digest}`;
}
