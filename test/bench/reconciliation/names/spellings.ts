import type { Chance } from '../chance.ts';
import { type CompanyName, written } from './company-names.ts';
import { brandCharacters, latinForms, places, traditionalOf } from './name-parts.ts';

/** The name as a bank hands it over. */
export interface Spelling {
  readonly text: string;
  /** SAME by the rules of names; SAME_WITH_ACCOUNT only where the account is known too; UNSAID: the rules are silent. */
  readonly is: 'SAME' | 'SAME_WITH_ACCOUNT' | 'UNSAID' | 'OTHER';
}

/** A spelling that is the same name: width, brackets, traditional characters, spaces, dots, case, Ltd for Limited. */
export function sameName(name: CompanyName, chance: Chance): Spelling {
  const text = written(name);
  if (chance.percent(45)) return { text, is: 'SAME' };
  return name.script === 'CHINESE' ? sameChinese(name, text, chance) : sameLatin(name, text, chance);
}

function sameChinese(name: CompanyName & { script: 'CHINESE' }, text: string, chance: Chance): Spelling {
  const how = chance.weighted({ width: 3, brackets: 2, traditional: 2, blanks: 2, several: 1 });
  const brackets = (of: string) =>
    name.form === '有限公司' && !name.placeInBrackets ? of.replace(/有限公司$/, '(有限公司)') : of;
  const width = (of: string) => of.replaceAll('（', '(').replaceAll('）', ')');
  const blanks = (of: string) => {
    const at = chance.whole(1, of.length - 1);
    return of.slice(0, at) + chance.pick([' ', '　', '·', '.', '  ']) + of.slice(at);
  };
  if (how === 'width') return { text: name.placeInBrackets ? width(text) : ` ${text}　`, is: 'SAME' };
  if (how === 'brackets') return { text: brackets(text), is: 'SAME' };
  if (how === 'traditional') return { text: traditional(text), is: 'SAME' };
  if (how === 'blanks') return { text: blanks(text), is: 'SAME' };
  return { text: blanks(traditional(width(text))), is: 'SAME' };
}

function sameLatin(name: CompanyName & { script: 'LATIN' }, text: string, chance: Chance): Spelling {
  const form = chance.pick(latinForms[name.form] ?? ['']);
  const stem = `${name.brand} ${name.second} ${name.trade}`;
  const how = chance.weighted({ form: 3, upper: 3, lower: 1, fullWidth: 1, umlaut: 2 });
  if (how === 'form') return { text: `${stem} ${form}`, is: 'SAME' };
  if (how === 'lower') return { text: text.toLowerCase(), is: 'SAME' };
  if (how === 'fullWidth') return { text: fullWidth(text), is: 'SAME' };
  // ß has no capital in most banks' systems, and SS is what it becomes.
  const upper = `${stem} ${form}`.toUpperCase();
  const plain = how === 'umlaut' ? withoutAccents(upper, chance) : upper;
  return { text: plain, is: plain === upper && !/ß/.test(stem) ? 'SAME' : 'UNSAID' };
}

/** A spelling that is not the same name to a rule, though a reader may guess: a slip, a cut, a branch, another form. */
export function nearName(name: CompanyName, chance: Chance): Spelling {
  const text = written(name);
  const how = chance.weighted({ slip: 40, lost: 15, cut: 15, form: 15, branch: 15 });
  if (how === 'form' && name.script === 'CHINESE' && name.form !== '股份有限公司') {
    const other = name.form === '有限公司' ? '有限责任公司' : '有限公司';
    return { text: text.slice(0, -name.form.length) + other, is: 'SAME_WITH_ACCOUNT' };
  }
  if (how === 'branch' && name.script === 'CHINESE') {
    const branch = chance.pick(['分公司', '营业部', '第一项目部', '第三项目部']);
    return { text: text + (branch.endsWith('项目部') ? branch : chance.pick(places) + branch), is: 'OTHER' };
  }
  if (how === 'cut') return { text: text.slice(0, Math.max(4, text.length - chance.whole(2, 4))), is: 'OTHER' };
  const letterAt = [...text.slice(0, name.script === 'CHINESE' ? 5 : 7)].flatMap((one, n) =>
    /\p{L}/u.test(one) ? [n] : [],
  );
  const at = chance.pick(letterAt);
  if (how === 'lost') return { text: text.slice(0, at) + text.slice(at + 1), is: 'OTHER' };
  const letters = name.script === 'CHINESE' ? brandCharacters : [...'aeioulnrst'];
  // Without its accent it is another spelling, and no slip.
  const right = text.charAt(at).normalize('NFD').charAt(0).toLowerCase();
  const slip = chance.pick(letters.filter((one) => one !== right));
  return { text: text.slice(0, at) + slip + text.slice(at + 1), is: 'OTHER' };
}

export function traditional(text: string): string {
  return [...text].map((character) => traditionalOf.get(character) ?? character).join('');
}

/** As many Chinese systems write Latin text: ＡＢＣ－１２. */
export function fullWidth(text: string): string {
  return text
    .replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    .replaceAll(' ', '　');
}

function withoutAccents(text: string, chance: Chance): string {
  const german = chance.percent(50) ? text.replace(/Ä/g, 'AE').replace(/Ö/g, 'OE').replace(/Ü/g, 'UE') : text;
  return german.normalize('NFD').replace(/\p{M}/gu, '');
}

const simplifiedOf = new Map([...traditionalOf].map(([simplified, other]) => [other, simplified]));

/** The name without all that may differ between spellings of one name. */
export function comparable(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.,·()]/g, '');
  return [...plain].map((one) => simplifiedOf.get(one) ?? one).join('');
}
