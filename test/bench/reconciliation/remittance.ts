import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import type { Chance } from './chance.ts';

/** SWIFT and most statements carry four lines of 35 characters. */
export const lineLength = 35;
const linesMax = 4;

const phrases = {
  CHINESE: [
    '{}',
    '货款 {}',
    '付发票{}款',
    '发票号：{}',
    '支付货款，发票号码{}',
    '{}货款',
    '结算款-发票 {} -请查收',
    '网银转账 附言:付{}',
    '发票{}，{day}，金额{amount}',
    '【货款】{} 联系电话13816620000',
  ],
  LATIN: [
    '{}',
    'INV {}',
    'Invoice no. {}',
    '/INV/{}',
    'Payment for invoice {} dated {day}',
    'Inv.No.{} thank you',
    'SVWZ+RECHNUNG {}',
    'Rechnung Nr. {} vom {day}',
    'our payment {amount} re {}',
    'Settlement of {} as agreed',
  ],
} as const;

const silent = {
  CHINESE: ['货款', '往来款', '付货款', '网银转账', '跨行汇款', '结算款', '{day}货款', '货款 金额{amount}', ''],
  LATIN: ['Payment', 'Goods', 'Thank you', 'SVWZ+ZAHLUNG', 'Transfer {day}', 'payment {amount}', 'NOTPROVIDED', ''],
} as const;

export type Script = keyof typeof phrases;

/** What else a payer may write about the payment. */
export interface Circumstances {
  readonly script: Script;
  readonly paidOn: PlainDate;
  readonly amount: bigint;
}

/** A text that names what stands for {}, among other words. */
export function naming(numbers: readonly string[], about: Circumstances, chance: Chance): string {
  const slashed = numbers.some((number) => number.includes('/'));
  const separators = about.script === 'CHINESE' ? ['、', '，', ',', ' ', '；'] : [', ', ',', ' ', '; ', ' + '];
  const list = numbers.join(chance.pick(slashed ? separators : [...separators, '/']));
  return filled(chance.pick(phrases[about.script]), about).replace('{}', list);
}

/** A text that says nothing of use. */
export function sayingNothing(about: Circumstances, chance: Chance): string {
  return filled(chance.pick(silent[about.script]), about);
}

function filled(phrase: string, { paidOn, amount }: Circumstances): string {
  const [whole = '', fraction] = formatAmount(amount, 'CNY').split('.');
  const grouped = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
  return phrase.replace('{day}', paidOn).replace('{amount}', grouped);
}

/** As a bank that has lines of 35 characters hands it over: cut wherever a line is full, the rest lost after the fourth. */
export function inLines(text: string): string[] {
  return Array.from({ length: linesMax }, (_, n) => text.slice(n * lineLength, (n + 1) * lineLength)).filter(
    (line) => line !== '',
  );
}

const fillers = {
  CHINESE:
    '根据贵我双方签订的购销合同约定支付本期到期应付货款及相关运输包装费用，请贵公司收到款项后及时核对并开具收据，',
  LATIN:
    'PAYMENT IN SETTLEMENT OF YOUR DELIVERIES OF THE LAST MONTHS AS PER OUR PURCHASE ORDERS AND STATEMENT OF ACCOUNT ',
} as const;

/** A text in which the number begins so near to the end of a line that the line's end falls into it. */
export function acrossLines(number: string, about: Circumstances, chance: Chance): string {
  const line = chance.whole(1, 3);
  const begins = line * lineLength - chance.whole(1, number.length - 1);
  return `${filler(about.script, begins)}${number} ${chance.pick(about.script === 'CHINESE' ? ['请查收', '谢谢'] : ['THANK YOU', 'END'])}`;
}

/** A text whose last number ends after the fourth line, so that its last one to three characters are lost. */
export function cutAtEnd(number: string, whole: readonly string[], about: Circumstances, chance: Chance): string {
  const before = whole.map((one) => `${one},`).join('');
  const ends = linesMax * lineLength + chance.whole(1, 3);
  return `${filler(about.script, ends - number.length - before.length)}${before}${number}`;
}

/** So many characters that end with a blank. */
function filler(script: Script, length: number): string {
  const text = fillers[script].repeat(4);
  return length > 0 ? `${text.slice(0, length - 1)} ` : '';
}
