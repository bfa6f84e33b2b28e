import { simplified } from '../names/simplified.ts';

/** Of a longer run of Chinese characters before a number the last ones count. */
const lengthMax = 6;
/** Of a run, the words behind them included. */
const readMax = 14;

const han = /\p{Script=Han}/u;
/** Words that say that a number follows, and are none of it. */
const labels = '(?:发票|票据|合同|订单|账单|号码|字第|[单编票号第字])+';
const labelsBefore = new RegExp(`^${labels}`);
const labelsAfter = new RegExp(`${labels}$`);
/** The last run of Chinese characters, and what may stand between it and its number: 沪销-25, 沪销〔2025〕12. */
const lastRun = /(\p{Script=Han}+)[\s\-‐‑–:.#_/〔([【]*$/u;

/**
 * The Chinese characters that a number may begin with, where such stand right before it: the last six of them in simplified
 * characters, without words such as 发票号 behind them. What is really its own of these is seen from the numbers of the house.
 *
 * @param before What stands between the number and the letters and digits before it, NFKC.
 * @example headBefore('货款，付滬銷字第') // '付沪销'
 */
export function headBefore(before: string): string {
  if (!han.test(before)) return '';
  const run = simplified(lastRun.exec(before)?.[1]?.slice(-readMax) ?? '');
  return run.replace(labelsAfter, '').slice(-lengthMax);
}

/** What a number of the house begins with, as `headBefore` gives it for texts that name it. */
export function headOfNumber(number: string): string {
  const before = /^[^A-Za-z0-9]*/.exec(number.normalize('NFKC'))?.[0] ?? '';
  return headBefore(before).replace(labelsBefore, '');
}
