import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtInTemplates } from '../../functions/settlement/channel-files/built-in-templates.ts';
import { type ChannelLine, lineKey } from '../../functions/settlement/channel-files/channel-line.ts';
import { readChannelFile } from '../../functions/settlement/channel-files/read-channel-file.ts';
import { compareDay } from '../../functions/settlement/comparing/compare-day.ts';
import { byKey, type HereLine, type ThereLine } from '../../functions/settlement/comparing/compared-line.ts';
import type { DayLine } from '../../functions/settlement/day-files/day-line.ts';
import { dayFileText } from '../../functions/settlement/day-files/write-day-file.ts';

/** One piece of work at one size, in a process of its own so that peak memory is its own. */
export interface CompareRow {
  readonly work: Work;
  readonly lines: number;
  readonly seconds: number;
  /** Of the processor, which others may share; the making of the lines in it. */
  readonly cpuSeconds: number;
  readonly linesPerSecond: number;
  /** Of the whole process, the code in it; files and streams are made as they are read. */
  readonly peakMemoryMegabytes: number;
  /** What was found. */
  readonly found: string;
}

const date = '2026-03-02';
const given = { channelId: 'chn', businessDate: date };
const sizes = [10_000, 100_000, 500_000];

/** Each answers what it found. */
const works = {
  'read a trade bill': (count) => `${readBill(count, () => {})} good rows`,
  'sort the lines of a bill': (count) => `${sortedBill(count).length} lines`,
  'compare sorted streams': (count) => compare(journal(count), sortedLines(count)),
  'read, sort and compare': (count) => compare(journal(count), sortedBill(count)),
  'write a daily file': writeDay,
} satisfies Record<string, (count: number) => string>;
type Work = keyof typeof works;

export async function benchChannelCompare(): Promise<CompareRow[]> {
  const measured: CompareRow[] = [];
  for (const work of Object.keys(works) as Work[]) {
    for (const size of sizes) {
      const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, work, String(size)]);
      measured.push(JSON.parse(stdout) as CompareRow);
    }
  }
  return measured;
}

const transaction = (place: number) => `42000000002026${String(place).padStart(14, '0')}`;
const amount = (place: number) => 1_000n + BigInt(place % 90_000);

/** One line in a thousand differs: missing here, missing at the channel, another amount, another fee. */
const isOdd = (place: number, kind: number) => place % 4_000 === kind * 1_000 + 999;

function* journal(count: number): Generator<HereLine> {
  for (let place = 0; place < count; place += 1) {
    if (isOdd(place, 0)) continue;
    const fee = isOdd(place, 3) ? 7n : 6n;
    const common = {
      key: `P#${transaction(place)}`,
      date,
      kind: 'PAYMENT',
      status: 'SUCCEEDED',
      number: `O${place}`,
    } as const;
    yield { ...common, amount: amount(place), fee };
  }
}

const billed = (place: number) => amount(place) + (isOdd(place, 2) ? 1n : 0n);

function* sortedLines(count: number): Generator<ThereLine> {
  for (let place = 0; place < count; place += 1) {
    if (isOdd(place, 1)) continue;
    const more = isOdd(place, 2) ? 1n : 0n;
    yield {
      key: `P#${transaction(place)}`,
      date,
      kind: 'PAYMENT',
      amount: amount(place) + more,
      fee: 6n,
      line: place + 2,
    };
  }
}

const header =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const pieceRows = 1_000;

/** The same lines as a bill, in an order that is not theirs, in pieces. */
function* bill(count: number): Generator<Uint8Array> {
  let piece = `${header}\r\n`;
  let rows = 0;
  let paid = 0n;
  for (let at = 0; at < count; at += 1) {
    const place = (at * 7_919) % count;
    if (!isOdd(place, 1)) {
      piece += billRow(place);
      rows += 1;
      paid += billed(place);
    }
    if (at % pieceRows !== pieceRows - 1) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  const sums = [rows, yuan(paid), '0.00', '0.00', yuan(BigInt(rows) * 6n), yuan(paid), '0.00'];
  const titles = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
  yield Buffer.from(`${piece}${titles}\r\n${sums.map((sum) => `\`${sum}`).join(',')}\r\n`);
}

function billRow(place: number): string {
  const text = yuan(billed(place));
  const time = `${String(place % 24).padStart(2, '0')}:${String(place % 60).padStart(2, '0')}:07`;
  return `\`${date} ${time},\`wx8888888888888888,\`1900000109,\`0,\`,\`${transaction(place)},\`O${place},\`o-openid,\`JSAPI,\`SUCCESS,\`OTHERS,\`CNY,\`${text},\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`茶杯,\`,\`0.06000,\`0.60%,\`${text},\`0.00,\`\r\n`;
}

function yuan(fen: bigint): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function readBill(count: number, take: (line: ChannelLine) => void): number {
  const [template] = builtInTemplates;
  if (!template) throw new Error('There is no template');
  let good = 0;
  for (const { read, faults } of readChannelFile(bill(count), template, given)) {
    if (!read) throw new Error(JSON.stringify(faults));
    take(read);
    good += 1;
  }
  return good;
}

function sortedBill(count: number): ThereLine[] {
  const lines: ThereLine[] = [];
  readBill(count, (read) => {
    const { kind, amount, fee, line } = read;
    lines.push({ key: lineKey(read), date, kind, amount, fee, line });
  });
  return lines.sort(byKey);
}

function compare(here: Iterable<HereLine>, there: Iterable<ThereLine>): string {
  const walk = compareDay({ date, here, there });
  for (;;) {
    const { done, value } = walk.next();
    if (done) return `${value.outcomes.MATCHED.here.count} matched, ${value.differences} differ`;
  }
}

function writeDay(count: number): string {
  let bytes = 0;
  for (const piece of dayFileText(dayLines(count), dayTemplate)) bytes += Buffer.byteLength(piece);
  return `${Math.round(bytes / 1e5) / 10} MB`;
}

const dayTemplate = {
  columns: (['kind', 'at', 'orderNo', 'merchantName', 'amount', 'fee', 'net'] as const).map((field) => ({ field })),
  delimiter: ',',
  byteOrderMark: false,
  dates: { day: 'yyyy-MM-dd', moment: 'yyyy-MM-dd HH:mm:ss', zone: 'Asia/Shanghai' },
  amounts: 'MAJOR',
  totals: '合计',
} as const;

function* dayLines(count: number): Generator<DayLine> {
  for (let place = 0; place < count; place += 1) {
    const at = '2026-03-02T02:00:07Z';
    const names = { orderNo: `O${place}`, merchantName: '江南茶具一店' };
    yield { kind: 'PAYMENT', date, at, ...names, currency: 'CNY', amount: amount(place), fee: 6n };
  }
}

function measure(work: Work, lines: number): CompareRow {
  const cpuStarted = process.cpuUsage();
  const started = performance.now();
  const found = works[work](lines);
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpuStarted);
  return {
    work,
    lines,
    seconds: Math.round(seconds * 1_000) / 1_000,
    cpuSeconds: Math.round((user + system) / 1_000) / 1_000,
    linesPerSecond: Math.round(lines / seconds),
    peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
    found,
  };
}

if (process.argv[1] === import.meta.filename) {
  console.log(JSON.stringify(measure(process.argv[2] as Work, Number(process.argv[3]))));
}
