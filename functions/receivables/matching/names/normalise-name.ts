import { withBareForm, withOneFormSpelling } from './company-forms.ts';
import { simplified } from './simplified.ts';

const umlauts: Readonly<Record<string, string>> = { Ä: 'AE', Ö: 'OE', Ü: 'UE', Ø: 'OE', Å: 'AA', Æ: 'AE' };

/** Digits as names have them, Chinese ones too: 第1-1项目部, 第十-一项目部. */
const endsInDigit = /[\p{N}一二三四五六七八九十百千]$/u;
const beginsWithDigit = /^[\p{N}一二三四五六七八九十百千]/u;

/**
 * A name as names are compared: two that are equal here are the same payer. Full width and half width, case, spaces, dots
 * and other punctuation, traditional and simplified characters, brackets of any kind and around the form of a company, and
 * the spellings of Latin forms make no difference. What may be another payer does: a branch (深圳分公司, 第三项目部), a
 * place in brackets, a sign between two digits (第1-1项目部), 股份有限公司, and 有限责任公司 beside 有限公司.
 *
 * @example normaliseName('深圳市華興科技（有限公司）') // '深圳市华兴科技有限公司'
 */
export function normaliseName(name: string): string {
  const plain = simplified(withPlainLetters(name.normalize('NFKC').toUpperCase().normalize('NFKC')));
  const words = withDotlessAbbreviations(plain)
    .replace(/[[{<〈《「『【〔〖]/g, '(')
    .replace(/[\]}>〉》」』】〕〗]/g, ')')
    .replace(/[^\p{L}\p{N}()&+]+/gu, betweenWords)
    .trim();
  const spelt = /[A-Z]/.test(words) ? withOneFormSpelling(words) : words;
  return withBareForm(spelt.replaceAll(' ', '').replaceAll('()', ''));
}

/** A blank; a hyphen between two digits, whatever stood there. */
function betweenWords(sign: string, at: number, text: string): string {
  const [before, after] = [text.slice(0, at), text.slice(at + sign.length)];
  return endsInDigit.test(before) && beginsWithDigit.test(after) ? '-' : ' ';
}

/** Umlauts as banks spell them out, and Latin letters without their marks; letters of other scripts stay whole. */
function withPlainLetters(text: string): string {
  if (!/[\u00C0-\u024F\u1E00-\u1EFF]/.test(text)) return text;
  const spelt = text.replace(/[ÄÖÜØÅÆ]/g, (letter) => umlauts[letter] ?? letter);
  return spelt
    .normalize('NFD')
    .replace(/(?<=[A-Z])\p{M}+/gu, '')
    .normalize('NFC');
}

/** S.A.R.L. is SARL, and G. m. b. H. is GMBH. */
function withDotlessAbbreviations(text: string): string {
  return text.replace(/\b(?:[A-Z]\. ?){2,}(?:[A-Z]\b)?/g, (letters) => `${letters.replace(/[. ]/g, '')} `);
}
