import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearNames } from '../../../../../functions/receivables/matching/names/near-names.ts';
import { normaliseName } from '../../../../../functions/receivables/matching/names/normalise-name.ts';
import { isOneEdit } from '../../../../../functions/receivables/matching/names/one-edit.ts';
import { branchOf, candidateName, weakName } from '../../../../../functions/receivables/matching/names/weaker-names.ts';

describe('a name', () => {
  test.each([
    ['full width and half width', 'ＡＢＣ（上海）有限公司', 'ABC(上海)有限公司'],
    ['traditional and simplified', '臺灣積體電路製造股份有限公司', '台湾积体电路制造股份有限公司'],
    ["Hong Kong's variants", '衞生用品有限公司', '卫生用品有限公司'],
    ['brackets around the form', '深圳市华兴科技（有限公司）', '深圳市华兴科技有限公司'],
    ['brackets of any kind around a place', '华兴〔深圳〕有限公司', '华兴(深圳)有限公司'],
    ['partnerships with and without brackets', '远大投资合伙企业（有限合伙）', '远大投资合伙企业有限合伙'],
    ['blanks and dots', ' 阿·里  巴巴 . 网络 ', '阿里巴巴网络'],
    ['case', 'Acme Trading Ltd', 'ACME TRADING LTD'],
    ['Co., Ltd. and Company Limited', 'Acme Co., Ltd.', 'ACME COMPANY LIMITED'],
    ['Private Limited and Pte. Ltd.', 'Acme Private Limited', 'ACME PTE. LTD.'],
    ['Incorporated', 'Acme, Inc.', 'Acme Incorporated'],
    ['GmbH in full', 'Müller Gesellschaft mit beschränkter Haftung', 'MUELLER GMBH'],
    ['GmbH with dots, und for &', 'Mueller G.m.b.H. und Co. KG', 'Müller GmbH & Co KG'],
    ['the sign between two digits', '中建一局第1—2项目部', '中建一局第 1-2 项目部'],
    ['a sign beside one', 'Store-12, Ltd', 'Store 12 Ltd'],
    ['dotted forms', 'Café du Nord S.A.R.L.', 'CAFE DU NORD SARL'],
  ])('is the same with %s', (_, one, other) => {
    expect(normaliseName(one)).toBe(normaliseName(other));
  });

  test.each([
    ['a branch and its head', '华兴科技有限公司深圳分公司', '华兴科技有限公司'],
    ['two branches', '华兴科技有限公司深圳分公司', '华兴科技有限公司上海分公司'],
    ['two projects', '中建一局有限公司第一项目部', '中建一局有限公司第二项目部'],
    ['a project and one of its parts', '中建一局第1-1项目部', '中建一局第11项目部'],
    ['a project and one of its parts in Chinese digits', '中建一局第十-一项目部', '中建一局第十一项目部'],
    ['two stores', 'Store 1-2 Ltd', 'Store 12 Ltd'],
    ['股份有限公司 and 有限公司', '华兴股份有限公司', '华兴有限公司'],
    ['有限责任公司 and 有限公司, the account unknown', '华兴有限责任公司', '华兴有限公司'],
    ['a place in brackets and none', '华兴(深圳)有限公司', '华兴有限公司'],
    ['places', '华兴(深圳)有限公司', '华兴(上海)有限公司'],
    ['Co Ltd and Inc', 'Acme Co Ltd', 'Acme Inc'],
  ])('is another: %s', (_, one, other) => {
    expect(normaliseName(one)).not.toBe(normaliseName(other));
  });

  test('letters of other scripts keep their marks', () => {
    expect(normaliseName('株式会社 ガ')).toContain('ガ');
  });

  test('is normal once it is normalised', () => {
    const parts = fc.constantFrom(
      '华興',
      '（',
      '）',
      '有限公司',
      ' ',
      '.',
      'Co., Ltd',
      'Ä',
      'é',
      '深圳',
      '&',
      'ＡＢ',
      '-',
      '1',
      '二',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (all) => {
        const once = normaliseName(all.join(''));
        expect(normaliseName(once)).toBe(once);
      }),
    );
  });

  test('in its weaker forms joins 有限责任公司, and drops 省市区县 and brackets', () => {
    expect(weakName('华兴有限责任公司')).toBe('华兴有限公司');
    expect(weakName('华兴股份有限公司')).toBe('华兴股份有限公司');
    expect(candidateName('广东省深圳市华兴(南山区)有限责任公司')).toBe('广东深圳华兴南山有限公司');
    expect(branchOf('华兴科技有限公司深圳分公司')).toBe('深圳分公司');
    expect(branchOf('华兴科技有限公司')).toBe('');
  });
});

describe('names near by', () => {
  const known = [
    '深圳市华兴科技有限公司',
    '深圳市华兴科技有限公司北京分公司',
    '中建第四工程有限公司',
    'ACMETRADINGLTD',
  ];

  test.each([
    ['a wrong character', '深圳市华新科技有限公司', '深圳市华兴科技有限公司'],
    ['one left out', '深圳市华兴科有限公司', '深圳市华兴科技有限公司'],
    ['one too many', 'ACMETRADDINGLTD', 'ACMETRADINGLTD'],
    ['two swapped', 'ACMETARDINGLTD', 'ACMETRADINGLTD'],
    ['a place without 市', '深圳华兴科技有限公司', '深圳市华兴科技有限公司'],
    ['the end cut off', '深圳市华兴科技有', '深圳市华兴科技有限公司'],
  ])('%s', (_, asked, meant) => {
    expect(nearNames([asked], known).get(asked)).toEqual([meant]);
  });

  test.each([
    ['two mistakes', '深圳市花新科技有限公司'],
    ['another number of the same kind', '中建第三工程有限公司'],
    ['another branch', '深圳市华兴科技有限公司南京分公司'],
    ['one that is known itself', '中建第四工程有限公司'],
    ['a whole name that others begin with', '深圳市华兴科技有限公司'],
    ['a short one', '华兴'],
  ])('not %s', (_, asked) => {
    expect(nearNames([asked], known).get(asked) ?? []).toEqual([]);
  });

  test('are found by the definition of one mistake', () => {
    const name = fc.string({
      unit: fc.constantFrom('甲', '乙', '丙', '金', '木', 'A', 'B'),
      minLength: 4,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), name, (names, asked) => {
        const found = nearNames([asked], names).get(asked) ?? [];
        for (const one of names) if (isOneEdit(one, asked)) expect(found).toContain(one);
      }),
    );
  });
});
