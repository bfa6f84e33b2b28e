import { defined } from '../../objects/defined.ts';
import { readEntryDate, readShortDate } from '../dates.ts';
import { FormatError } from '../format-error.ts';
import type { EntryFlag, StatementEntry } from '../statement-events.ts';
import { readMtAmount } from './amount.ts';

/**
 * Value date, entry date, mark, last letter of the currency, amount, transaction type, then the references. `CR300,` is
 * a credit with the funds code R, `RCR300,` a reversed credit with it.
 */
const line = /^(\d{6})(\d{4})?(RC|RD|EC|ED|C|D)([A-Z])?(?=-?\d*[,.])(-?[\d.,]+)(?:([A-Z])([A-Z0-9]{3}))?(.*)$/s;

interface Mark {
  readonly isCredit: boolean;
  readonly reversal: boolean;
  readonly status: StatementEntry['status'];
}

/** RC undoes a credit and so takes money out, RD undoes a debit; EC and ED are expected (MT942). */
const marks: Record<string, Mark> = {
  C: { isCredit: true, reversal: false, status: 'BOOKED' },
  D: { isCredit: false, reversal: false, status: 'BOOKED' },
  RC: { isCredit: false, reversal: true, status: 'BOOKED' },
  RD: { isCredit: true, reversal: true, status: 'BOOKED' },
  EC: { isCredit: true, reversal: false, status: 'PENDING' },
  ED: { isCredit: false, reversal: false, status: 'PENDING' },
};

export type StatementLine = Pick<
  StatementEntry,
  | 'amount'
  | 'creditDebit'
  | 'reversal'
  | 'status'
  | 'bookingDate'
  | 'valueDate'
  | 'transactionCode'
  | 'entryReference'
  | 'bankReference'
> & { readonly flags: readonly EntryFlag[] };

const element = ':61:';

/** Field 61, its first line. @throws FormatError bad-field, bad-amount, too-many-decimals */
export function readStatementLine(content: string, currency: string): StatementLine {
  const [, value = '', entry, markText = '', , amountText = '', kind, code, rest = ''] = line.exec(content) ?? [];
  const mark = marks[markText];
  if (!mark) throw new FormatError('bad-field', 'It is not date, mark, amount and references', { element });
  const { magnitude, negative } = readMtAmount(amountText, currency, element);
  const flags: EntryFlag[] = negative ? ['NEGATIVE_AMOUNT'] : [];
  const isCredit = mark.isCredit !== negative;
  return {
    amount: isCredit ? magnitude : -magnitude,
    creditDebit: isCredit ? 'CREDIT' : 'DEBIT',
    reversal: mark.reversal,
    status: mark.status,
    ...readDates(value, entry, flags),
    ...defined({ transactionCode: kind === undefined ? undefined : `${kind}${code}` }),
    ...readLineReferences(rest),
    flags,
  };
}

function readDates(value: string, entry: string | undefined, flags: EntryFlag[]) {
  const valueDate = readShortDate(value);
  const bookingDate =
    entry === undefined || valueDate.date === undefined ? undefined : readEntryDate(entry, valueDate.date);
  if (valueDate.adjusted || bookingDate?.adjusted) flags.push('DATE_ADJUSTED');
  if (valueDate.date === undefined || (bookingDate && bookingDate.date === undefined)) flags.push('DATE_UNREADABLE');
  return defined({ valueDate: valueDate.date, bookingDate: bookingDate?.date });
}

const noReference = 'NONREF';

function readLineReferences(text: string): { entryReference?: string; bankReference?: string } {
  const slashes = text.indexOf('//');
  const [owner, bank] = slashes < 0 ? [text, ''] : [text.slice(0, slashes), text.slice(slashes + 2)];
  const meaningful = (reference: string) => {
    const trimmed = reference.trim();
    return trimmed === '' || trimmed === noReference ? undefined : trimmed;
  };
  return defined({ entryReference: meaningful(owner), bankReference: meaningful(bank) });
}
