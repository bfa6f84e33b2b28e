import { defined } from '../../objects/defined.ts';
import { readShortDate } from '../dates.ts';
import { FormatError } from '../format-error.ts';
import type { CreditDebit, DeclaredTotal, FloorLimit, StatementBalance, TrailerFlag } from '../statement-events.ts';
import { readMtAmount } from './amount.ts';

const typeByTag: Record<string, string> = {
  '60F': 'OPBD',
  '60M': 'OPBD',
  '62F': 'CLBD',
  '62M': 'CLBD',
  '64': 'CLAV',
  '65': 'FWAV',
};

const balance = /^([CD])(\d{6})([A-Z]{3})(?=-?\d*[,.])(-?[\d.,]+)$/;

/** Written for a date by banks that have none to give. */
const noDate = '000000';

export interface BalanceField {
  readonly balance: StatementBalance;
  readonly flags: readonly TrailerFlag[];
}

/** Fields 60F, 60M, 62F, 62M, 64, 65: `C200101EUR444,29`. */
export function readBalanceField(tag: string, content: string): BalanceField {
  const element = `:${tag}:`;
  const [, mark, day = '', currency = '', text = ''] = balance.exec(content) ?? [];
  if (mark === undefined) {
    throw new FormatError('bad-field', 'It is not mark, date, currency and amount', { element });
  }
  const { magnitude, negative } = readMtAmount(text, currency, element);
  const { date, adjusted } = readShortDate(day);
  const flags: TrailerFlag[] = [];
  if (negative) flags.push('NEGATIVE_AMOUNT');
  if (adjusted) flags.push('DATE_ADJUSTED');
  if (date === undefined && day !== noDate) flags.push('DATE_UNREADABLE');
  return {
    balance: {
      type: typeByTag[tag] ?? tag,
      amount: (mark === 'C') !== negative ? magnitude : -magnitude,
      currency,
      ...defined({ date }),
      ...(tag.endsWith('M') && { intermediate: true }),
    },
    flags,
  };
}

const floorLimit = /^([A-Z]{3})([CD])?([\d.,]*)$/;

/** Field 34F: `EURD0,` for debits, `EURC0,` for credits, `EUR0,` for both. */
export function readFloorLimit(content: string): FloorLimit {
  const element = ':34F:';
  const [, currency = '', mark, text = ''] = floorLimit.exec(content) ?? [];
  if (currency === '') throw new FormatError('bad-field', 'It is not currency, mark and amount', { element });
  const creditDebit = mark === undefined ? undefined : sideOf(mark);
  return { currency, amount: readMtAmount(text, currency, element).magnitude, ...defined({ creditDebit }) };
}

const total = /^(\d{1,15})([A-Z]{3})([\d.,]*)$/;

/** Fields 90C and 90D: `12EUR1234,56`, how many entries there are and what they add up to. */
export function readTotalField(tag: string, content: string): DeclaredTotal {
  const element = `:${tag}:`;
  const [, count, currency = '', text = ''] = total.exec(content) ?? [];
  if (count === undefined) {
    throw new FormatError('bad-field', 'It is not number, currency and sum', { element });
  }
  return { count: Number(count), total: readMtAmount(text, currency, element).magnitude, currency };
}

function sideOf(mark: string): CreditDebit {
  return mark === 'C' ? 'CREDIT' : 'DEBIT';
}
