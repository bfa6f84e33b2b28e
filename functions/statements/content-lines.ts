import type { StatementBalance, StatementEntry } from '../../shared/formats/statement-events.ts';

/**
 * What tells one statement from another, as lines to be digested: amounts, dates, references, remittance. The same statement has the same
 * lines whoever sent it and however its texts were wrapped; other texts of the bank do not count. A change here makes every statement new,
 * so it does not change; the version in `identifyStatement` would have to move with it.
 */
const fieldEnd = '\u001f';
const lineEnd = '\u001e';

export function balanceLine({ type, amount, currency, date }: StatementBalance): string {
  return `B${fieldEnd}${type}${fieldEnd}${amount}${fieldEnd}${currency}${fieldEnd}${date ?? ''}${lineEnd}`;
}

export function entryLine(entry: StatementEntry): string {
  const fields = [
    'E',
    entry.amount.toString(),
    entry.currency,
    entry.status,
    entry.bookingDate ?? '',
    entry.valueDate ?? '',
    entry.bankReference ?? '',
    entry.entryReference ?? '',
    entry.creditDebit,
    entry.references.endToEndId ?? '',
    lettersOf(entry.remittance ?? ''),
    String(entry.detailsCount),
  ];
  return fields.join(fieldEnd) + lineEnd;
}

const notLetters = /[^\p{L}\p{N}]+/gu;

/** Letters and digits only: wrapping, padding and undecodable bytes differ between two copies of the same text. */
function lettersOf(text: string): string {
  return text.replaceAll(notLetters, '').toUpperCase();
}
