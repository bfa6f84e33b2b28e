import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Owner } from '../journal/entry.ts';
import {
  isMarketLine,
  isMerchantLine,
  type JournalLine,
  type MarketLine,
  type MerchantLine,
  type SubsidyLine,
} from '../journal/line.ts';
import type { DayLine, DayLineKind } from './day-line.ts';

interface DayOf {
  readonly owner: Owner;
  /** Of the merchant whose line it is. */
  readonly name?: string;
  readonly date: PlainDate;
  readonly currency: CurrencyCode;
}

/**
 * A line of the journal as the daily file has it: what consumers paid and got back, what others than merchants gave to coupons and got
 * back, and what merchants are paid out on the day. Amounts leave the market's orders where they are below zero; the net of a share
 * is what its merchant gets.
 */
export function dayLinesOf(line: JournalLine, { owner, name, date, currency }: DayOf): DayLine[] {
  if (isMarketLine(line)) return [marketLine(line, { date, currency })];
  if (line.kind === 'SUBSIDY') return [subsidyLine(line, { date, currency })];
  if (!isMerchantLine(line)) return [];
  const merchant = { merchantId: owner.id, ...defined({ merchantName: name }) };
  return [merchantLine(line, { ...merchant, date, currency })];
}

function marketLine(line: MarketLine, day: { date: PlainDate; currency: CurrencyCode }): DayLine {
  const { at, orderNo, channelId, transactionId, refundNo, amount, fee } = line;
  const kind: DayLineKind = line.kind === 'PAYMENT' ? 'PAYMENT' : 'REFUND';
  return { ...day, at, orderNo, kind, channelId, transactionId, amount, fee, ...defined({ refundNo }) };
}

function subsidyLine(line: SubsidyLine, day: { date: PlainDate; currency: CurrencyCode }): DayLine {
  const { orderNo, refundNo, amount } = line;
  const kind = refundNo === undefined ? 'SUBSIDY' : 'SUBSIDY_RETURN';
  return { ...day, kind, orderNo, ...defined({ refundNo }), amount, fee: 0n };
}

function merchantLine(
  line: MerchantLine,
  day: Pick<DayLine, 'merchantId' | 'merchantName' | 'currency'> & { date: PlainDate },
): DayLine {
  const { orderNo, subOrderNo, share, refundNo, amount, kind } = line;
  const fee = kind === 'SHARE' || kind === 'SUM_SHARE' ? (share?.fee ?? 0n) : 0n;
  return {
    ...{ ...day, kind: kindOf(line), dueDate: day.date, amount: -(amount + fee), fee: -fee },
    ...defined({ orderNo, subOrderNo, refundNo, splitNo: share?.split, ruleVersion: share?.rule?.version }),
    ...(!plain.has(kind) && { description: kind }),
  };
}

/** What their kind says already; the others are told in the description. */
const plain: ReadonlySet<MerchantLine['kind']> = new Set(['SHARE', 'REFUND', 'FEE_KEPT']);

function kindOf({ kind, amount }: MerchantLine): DayLineKind {
  switch (kind) {
    case 'SHARE':
    case 'SUM_SHARE':
      return 'SPLIT';
    case 'REFUND':
      return 'SPLIT_RETURN';
    case 'FEE_KEPT':
      return 'FEE';
    default:
      return amount < 0n ? 'SPLIT_RETURN' : 'SPLIT';
  }
}
