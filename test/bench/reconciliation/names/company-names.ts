import type { Chance } from '../chance.ts';
import { brandCharacters, latinBrands, latinForms, latinSeconds, latinTrades, places, trades } from './name-parts.ts';

/** A company's name in its parts. */
export type CompanyName =
  | {
      readonly script: 'CHINESE';
      readonly place: string;
      /** The place stands in brackets after the brand: 华鑫（深圳）科技有限公司. */
      readonly placeInBrackets: boolean;
      readonly brand: string;
      readonly trade: string;
      readonly form: '有限公司' | '有限责任公司' | '股份有限公司';
    }
  | {
      readonly script: 'LATIN';
      readonly brand: string;
      readonly second: string;
      readonly trade: string;
      /** Its place in the list of forms. */
      readonly form: number;
    };

export function drawName(chance: Chance): CompanyName {
  if (chance.percent(22)) {
    return {
      script: 'LATIN',
      brand: chance.pick(latinBrands),
      second: chance.percent(60)
        ? `${chance.pick(latinSeconds)} ${chance.pick(latinSeconds)}`
        : chance.pick(latinSeconds),
      trade: chance.pick(latinTrades),
      form: chance.whole(0, latinForms.length - 1),
    };
  }
  const length = chance.percent(70) ? 2 : 3;
  return {
    script: 'CHINESE',
    place: chance.pick(places),
    placeInBrackets: chance.percent(20),
    brand: Array.from({ length }, () => chance.pick(brandCharacters)).join(''),
    trade: chance.pick(trades),
    form: chance.weighted({ 有限公司: 80, 有限责任公司: 12, 股份有限公司: 8 }),
  };
}

/** As the company writes it itself. */
export function written(name: CompanyName): string {
  if (name.script === 'LATIN') return `${name.brand} ${name.second} ${name.trade} ${latinForms[name.form]?.[0] ?? ''}`;
  const { place, placeInBrackets, brand, trade, form } = name;
  return placeInBrackets ? `${brand}（${place}）${trade}${form}` : `${place}${brand}${trade}${form}`;
}

/**
 * What no two companies of ours share unless they are meant to: the name without its form, so that a change of the form in
 * a payment never makes it another's name by accident.
 */
export function stemOf(name: CompanyName): string {
  if (name.script === 'LATIN') return `${name.brand} ${name.second} ${name.trade}`;
  return `${name.placeInBrackets ? `${name.brand}(${name.place})` : name.place + name.brand}${name.trade}`;
}

/** Another company whose name differs in one character, the place, or the form. */
export function lookAlikeOf(name: CompanyName, chance: Chance): CompanyName {
  if (name.script === 'LATIN') {
    const brand = chance.pick(latinBrands.filter((other) => other !== name.brand));
    return chance.percent(50) ? { ...name, brand } : { ...name, form: name.form < 2 ? 2 : 0 };
  }
  const how = chance.weighted({ character: 50, place: 35, form: 15 });
  if (how === 'place') return { ...name, place: chance.pick(places.filter((other) => other !== name.place)) };
  if (how === 'form') return { ...name, form: name.form === '股份有限公司' ? '有限公司' : '股份有限公司' };
  const at = chance.whole(0, name.brand.length - 1);
  const character = chance.pick(brandCharacters.filter((other) => other !== name.brand[at]));
  return { ...name, brand: name.brand.slice(0, at) + character + name.brand.slice(at + 1) };
}

const familyNames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
const givenNames = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚'];

/** A natural person, who is nobody's customer. */
export function drawPerson(chance: Chance): string {
  return chance.pick(familyNames) + chance.pick(givenNames) + (chance.percent(60) ? chance.pick(givenNames) : '');
}
