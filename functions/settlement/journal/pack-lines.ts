import type { SplitLeg } from '../splits/split.ts';
import {
  isMarketLine,
  type JournalLine,
  type MarketLine,
  type MerchantLine,
  type ShareOfLine,
  type SubsidyLine,
  type SumLine,
} from './line.ts';

/**
 * Lines as text, some seventy bytes each: a table is paid for by the kilobyte, and of these there are three to an order. Fields are
 * parted by tabs, in a fixed order, those at the end left out where they are empty; amounts are whole minor units.
 */

const codes = {
  SHARE: 'S',
  REFUND: 'R',
  FEE_KEPT: 'F',
  HELD: 'H',
  RELEASED: 'L',
  CARRIED_ON: 'O',
  CARRIED_IN: 'I',
  BILLED: 'B',
  PAYMENT: 'P',
  REFUND_PAID: 'Q',
  SUBSIDY: 'Y',
  WAITS: 'W',
  SUMMED: 'A',
  SUM_SHARE: 'U',
  SUM_BACK: 'V',
} as const satisfies Record<JournalLine['kind'], string>;
const kinds = new Map(Object.entries(codes).map(([kind, code]) => [code, kind as JournalLine['kind']]));

const legCodes = {
  FIXED: 'F',
  RATIO: 'R',
  WEIGHT: 'W',
  TIERS: 'T',
  REMAINDER: 'E',
  MERCHANT: 'M',
} as const satisfies Record<SplitLeg['kind'], string>;
const legKinds = new Map(Object.entries(legCodes).map(([kind, code]) => [code, kind as SplitLeg['kind']]));

/** Of lines that their order does not count by: most are the only one of it on a day, and cost nothing for that. */
const further = '+';

type Field = string | number | bigint | undefined;

/** One line, without a break in it. */
export function packLine(line: JournalLine): string {
  const fields = [codes[line.kind] + (line.takesBack ? '-' : ''), ...fieldsOf(line)];
  return fields.map(escaped).join('\t').replace(/\t+$/, '');
}

/** Throws on a text that packLine did not make. */
export function unpackLine(text: string): JournalLine {
  const [head = '', ...fields] = text.split('\t').map(unescaped);
  const kind = kinds.get(head.slice(0, 1) as (typeof codes)[JournalLine['kind']]);
  if (kind === undefined) throw new Error(`A line of the journal begins with ${JSON.stringify(head.slice(0, 20))}.`);
  const takesBack = head.endsWith('-') ? { takesBack: true as const } : {};
  if (kind === 'WAITS') return { kind, ...takesBack, orderNo: need(fields, 0), subOrderNo: need(fields, 1) };
  if (kind === 'SUMMED') return { kind, ...takesBack, ...sumFields(fields) };
  if (kind === 'SUBSIDY') return { kind, ...takesBack, ...subsidyFields(fields) };
  if (kind === 'PAYMENT' || kind === 'REFUND_PAID') return { kind, ...takesBack, ...marketFields(fields) };
  return { kind, ...takesBack, ...merchantFields(fields) };
}

function fieldsOf(line: JournalLine): Field[] {
  if (line.kind === 'WAITS') return [line.orderNo, line.subOrderNo];
  if (line.kind === 'SUBSIDY') return [line.orderNo, line.amount, line.refundNo];
  if (line.kind === 'SUMMED') {
    const { orderNo, subOrderNo, amount, fee, order, coupon, cash, room, isFurther } = line;
    return [orderNo, subOrderNo, amount, fee, order, coupon, cash, room, isFurther && further];
  }
  if (isMarketLine(line)) {
    const { orderNo, channelId, transactionId, amount, fee, at, coupon, refundNo } = line;
    return [orderNo, channelId, transactionId, amount, fee, at, coupon, refundNo];
  }
  const { amount, orderNo, subOrderNo, coupon, refundNo, date, share, sum, isFurther } = line;
  const of = [coupon, refundNo, date, sum?.sellerId, sum?.orders, isFurther && further];
  return [amount, orderNo, subOrderNo, ...shareFields(share), ...of];
}

function shareFields(share: ShareOfLine | undefined): Field[] {
  if (!share) return Array(9).fill(undefined);
  const { split, sequence, base, fee, kind, bound, rest, rule } = share;
  return [split, sequence, base, fee, legCodes[kind], bound, rest, rule?.id, rule?.version];
}

function sumFields(fields: readonly string[]): Omit<SumLine, 'kind' | 'takesBack'> {
  const [, , , , , coupon = '', , room = '', mark] = fields;
  return {
    orderNo: need(fields, 0),
    subOrderNo: need(fields, 1),
    amount: BigInt(need(fields, 2)),
    fee: BigInt(need(fields, 3)),
    order: BigInt(need(fields, 4)),
    cash: BigInt(need(fields, 6)),
    ...(coupon !== '' && { coupon: BigInt(coupon) }),
    ...(room !== '' && { room: BigInt(room) }),
    ...(mark === further && { isFurther: true }),
  };
}

function subsidyFields(fields: readonly string[]): Omit<SubsidyLine, 'kind' | 'takesBack'> {
  const [, , refundNo = ''] = fields;
  return { orderNo: need(fields, 0), amount: BigInt(need(fields, 1)), ...(refundNo !== '' && { refundNo }) };
}

function marketFields(fields: readonly string[]): Omit<MarketLine, 'kind' | 'takesBack'> {
  const [, , , , , , coupon = '', refundNo = ''] = fields;
  return {
    orderNo: need(fields, 0),
    channelId: need(fields, 1),
    transactionId: need(fields, 2),
    amount: BigInt(need(fields, 3)),
    fee: BigInt(need(fields, 4)),
    at: need(fields, 5),
    ...(coupon !== '' && { coupon: BigInt(coupon) }),
    ...(refundNo !== '' && { refundNo }),
  };
}

function merchantFields(fields: readonly string[]): Omit<MerchantLine, 'kind' | 'takesBack'> {
  const [, orderNo = '', subOrderNo = '', split = ''] = fields;
  const [coupon = '', refundNo = '', date = '', sellerId = '', orders = '', mark] = fields.slice(12);
  return {
    amount: BigInt(need(fields, 0)),
    ...(orderNo !== '' && { orderNo }),
    ...(subOrderNo !== '' && { subOrderNo }),
    ...(split !== '' && { share: shareOf(fields.slice(3)) }),
    ...(coupon !== '' && { coupon: BigInt(coupon) }),
    ...(refundNo !== '' && { refundNo }),
    ...(date !== '' && { date }),
    ...(sellerId !== '' && { sum: { sellerId, orders: Number(orders) } }),
    ...(mark === further && { isFurther: true }),
  };
}

function shareOf(fields: readonly string[]): ShareOfLine {
  const kind = legKinds.get(need(fields, 4) as (typeof legCodes)[SplitLeg['kind']]);
  if (kind === undefined) throw new Error('A line of the journal has a share of unknown kind.');
  const [, , , , , bound = '', rest = '', id = '', version = ''] = fields;
  return {
    split: need(fields, 0),
    sequence: Number(need(fields, 1)),
    base: BigInt(need(fields, 2)),
    fee: BigInt(need(fields, 3)),
    kind,
    ...(bound !== '' && { bound: bound as 'CAP' | 'FLOOR' }),
    ...(rest !== '' && { rest: BigInt(rest) }),
    ...(id !== '' && { rule: { id, version: Number(version) } }),
  };
}

function need(fields: readonly string[], place: number): string {
  const field = fields[place];
  if (field === undefined || field === '') throw new Error(`A line of the journal lacks its field ${place + 1}.`);
  return field;
}

/** How a field stands in the text of a line. */
export function escaped(field: Field): string {
  const names: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n' };
  return String(field ?? '').replace(/[\\\t\n]/g, (char) => names[char] ?? char);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, char: string) => (char === 't' ? '\t' : char === 'n' ? '\n' : char));
}
