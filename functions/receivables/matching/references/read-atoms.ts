import { headBefore } from './number-head.ts';

/** A run of Latin capitals or of digits in a remittance text, and what stands between it and the run before. */
export interface Atom {
  readonly text: string;
  readonly isNumber: boolean;
  readonly gap: Gap;
}

export interface Gap {
  /** One number may go on across it: nothing, a hyphen, a slash, a blank, the end of a line that was cut. */
  readonly joins: boolean;
  /** One number may end before it and the next begin after it. */
  readonly parts: boolean;
  /** A sign with digits on both sides, as within 2026-12: what stands beside it may be part of something longer. */
  readonly tight: boolean;
  /** The end of a line that may have been cut within a number. */
  readonly cut: boolean;
  /** From one to another: 0012-0015, 0012至0015. */
  readonly range: boolean;
  /** One of several in a list: 0012、0013. */
  readonly lists: boolean;
  /** It ends with a word that says that a number follows: 发票号. */
  readonly labels: boolean;
  /** And the word is one for what is paid, an invoice, an order or a contract: not 流水号 or 电话号码. */
  readonly calls: boolean;
  /** Chinese characters that the number after it may begin with: 付沪销 before 25-28800. */
  readonly head: string;
}

/** Characters after which banks cut a line: :86: subfields, SWIFT lines, MT940 lines, an ISO 20022 text. */
export const cutLengths: ReadonlySet<number> = new Set([27, 35, 65, 140]);

const isAscii = /^[\x20-\x7e]*$/;
const cutMark = '⏎';
const amountMark = '¤';
const amounts =
  /(?<![A-Z0-9.-])(?:RMB|CNY|USD|EUR|HKD|GBP|JPY)? ?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)\.[0-9]{2}(?![0-9.A-Z])/g;

/** The runs of a text of several lines, in capitals and half width. Amounts with decimals are left out: they are no numbers. */
export function readAtoms(lines: readonly string[]): Atom[] {
  const text = joined(lines).replace(amounts, amountMark);
  const atoms: Atom[] = [];
  let end = 0;
  for (const match of text.matchAll(/[A-Z]+|[0-9]+/g)) {
    const gap = text.slice(end, match.index);
    end = match.index + match[0].length;
    atoms.push({ text: match[0], isNumber: match[0] <= '9~', gap: gapOf(gap) });
  }
  return atoms;
}

function joined(lines: readonly string[]): string {
  return lines.reduce((text, line, at) => {
    const before = at === 0 ? '' : cutLengths.has((lines[at - 1] ?? '').length) ? cutMark : '\n';
    return text + before + (isAscii.test(line) ? line : line.normalize('NFKC')).toUpperCase();
  }, '');
}

const nothing: Gap = gapLike('');
const blank: Gap = gapLike(' ');
const hyphen: Gap = gapLike('-');

/** The commonest ones are made once. */
function gapOf(between: string): Gap {
  if (between === '') return nothing;
  if (between === ' ') return blank;
  return between === '-' ? hyphen : gapLike(between);
}

function gapLike(between: string): Gap {
  return {
    joins: /^[ ⏎\-‐‑–_/.#:\\*〕]*$/.test(between),
    parts: between !== '',
    tight: /^[-‐‑–_/.\\*]+$/.test(between),
    cut: between === cutMark,
    range: /^ ?[-‐‑–—~至到]+ ?$/.test(between),
    lists: /^\s*[,;、/+&和及与]\s*$/.test(between),
    labels: /(?:发票|票据|合同|订单|账单|单|编|票)(?:号码|号)?[\s:.#]*$|(?:號碼|號|号)[\s:.#]*$|#\s*$/.test(between),
    calls: /(?:发票|發票|合同|合約|订单|訂單|账单|帳單|賬單)(?:号码|號碼|号|號|编号|編號)?[\s:.#]*$/.test(between),
    head: headBefore(between.replaceAll(cutMark, '')),
  };
}
