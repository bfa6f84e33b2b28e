import { type Cell, writeCsv } from '../../../shared/formats/csv/write-csv.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import { ownerDayOf } from './open-days.ts';
import { type LinePlace, pageLines } from './page-lines.ts';
import { type ExplainedLine, LineExplainer } from './read-explained.ts';
import type { Settlement } from './settlement.ts';

/** Lines of a file, at most: an answer has 6 MB. The next file goes on behind them. */
export const csvLinesMax = 10_000;

const header = [
  ...['date', 'kind', 'orderNo', 'subOrderNo', 'base', 'rule', 'version', 'computation'],
  ...['fee', 'coupon', 'refundNo', 'otherDate', 'amount', 'currency'],
];

/** Lines of a settlement as CSV with a byte order mark, from a place on; `next` where there are more. No cell is run as a formula. */
export async function linesCsv(
  store: Pick<SettlementStore, 'readBlocks' | 'readRule'>,
  merchant: Merchant,
  settlement: Settlement,
  place: LinePlace | undefined,
): Promise<{ readonly text: string; readonly next?: LinePlace }> {
  const { lines, next } = await pageLines(store, ownerDayOf(merchant, settlement), place, csvLinesMax);
  const rows = (await new LineExplainer(store).explain(settlement, lines)).map((one) => rowOf(settlement, one));
  let text = '';
  for await (const chunk of writeCsv(header, rows, { byteOrderMark: true })) text += chunk;
  return { text, ...(next && { next }) };
}

function rowOf({ date, currency }: Settlement, { line, computation }: ExplainedLine): Cell[] {
  const show = (minor: bigint | undefined) => (minor === undefined ? '' : formatAmount(minor, currency));
  const { kind, orderNo = '', subOrderNo = '', share, coupon, refundNo = '', amount } = line;
  const rule = share?.rule;
  return [
    ...[
      date,
      kind,
      orderNo,
      subOrderNo,
      show(share?.base),
      rule?.id ?? '',
      rule ? String(rule.version) : '',
      computation,
    ],
    ...[show(share?.fee), show(coupon), refundNo, line.date ?? '', show(amount), currency],
  ];
}
