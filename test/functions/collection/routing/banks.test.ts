import { describe, expect, test } from 'vitest';
import { type BankCodes, bankRefusal } from '../../../../functions/collection/routing/banks.ts';
import { sharedBankTypes } from '../../../../functions/collection/routing/default-rails.ts';
import type { BankRequirement } from '../../../../functions/collection/routing/rail.ts';
import { isValidCnaps } from '../../../../shared/identifiers/cnaps.ts';
import { ccb, icbc } from './samples.ts';

/** Codes in use: a branch of 建设银行; two village banks of one county; two city commercial banks; a rural one. */
const ccbBranch = { cnaps: '105205800521' };
const villageBank = { cnaps: '320205800012' };
const otherVillageBank = { cnaps: '320205800004' };
const ningbo = { cnaps: '313332082914' };
const ordos = { cnaps: '313205800210' };

const deutsche = { bic: 'DEUTDEFF' };
const deutscheBranch = { bic: 'DEUTDEFF500' };
const bnp = { bic: 'BNPAFRPP' };

const codeOf = (requirement: BankRequirement, payer?: BankCodes, payee?: BankCodes) =>
  bankRefusal(requirement, payer, payee)?.code;

test('the codes of these tests check', () => {
  const banks = [ccb, icbc, ccbBranch, villageBank, otherVillageBank, ningbo, ordos];
  expect(banks.filter(({ cnaps }) => !isValidCnaps(cnaps))).toEqual([]);
});

describe('the same bank by CNAPS', () => {
  const same: BankRequirement = { same: 'CNAPS_TYPE', sharedTypes: sharedBankTypes };

  test.each<[string, BankCodes | undefined, BankCodes | undefined, string | undefined]>([
    ['two branches of one bank', ccb, ccbBranch, undefined],
    ['one branch', ccb, ccb, undefined],
    ['two banks', icbc, ccb, 'NOT_SAME_BANK'],
    ['two village banks of one county, of one type', villageBank, otherVillageBank, 'NOT_SAME_BANK'],
    ['two city commercial banks, of one type', ningbo, ordos, 'NOT_SAME_BANK'],
    ['one village bank twice', villageBank, villageBank, undefined],
    ['a payer whose bank is not known', undefined, ccb, 'BANK_UNKNOWN'],
    ['a payee whose bank has only a BIC', ccb, { bic: 'PCBCCNBJ' }, 'BANK_UNKNOWN'],
  ])('of %s', (_, payer, payee, code) => {
    expect(codeOf(same, payer, payee)).toBe(code);
  });

  test('says what was compared, and which code is missing', () => {
    expect(bankRefusal(same, icbc, ccb)).toEqual({
      code: 'NOT_SAME_BANK',
      rule: 'CNAPS_TYPE',
      payer: icbc.cnaps,
      payee: ccb.cnaps,
    });
    expect(bankRefusal(same, icbc, {})).toEqual({ code: 'BANK_UNKNOWN', place: 'payeeBank', needed: 'cnaps' });
  });

  test('is by the configured list of shared types', () => {
    expect(codeOf({ ...same, sharedTypes: [] }, ningbo, ordos)).toBeUndefined();
    expect(codeOf({ ...same, sharedTypes: ['105'] }, ccb, ccbBranch)).toBe('NOT_SAME_BANK');
  });
});

test.each<[string, BankCodes | undefined, BankCodes | undefined, string | undefined]>([
  ['a bank and its branch', deutsche, deutscheBranch, undefined],
  ['two banks', deutsche, bnp, 'NOT_SAME_BANK'],
  ['a bank without BIC', deutsche, ccb, 'BANK_UNKNOWN'],
])('the same bank by BIC: %s', (_, payer, payee, code) => {
  expect(codeOf({ same: 'BIC8' }, payer, payee)).toBe(code);
});

describe('the banks that a rail reaches', () => {
  test.each<
    [string, Omit<Extract<BankRequirement, { same: 'ANY' }>, 'same'>, BankCodes | undefined, string | undefined]
  >([
    ['all: anyone', {}, undefined, undefined],
    ['only listed ones: one of them', { only: ['105', '102'] }, icbc, undefined],
    ['only listed ones: another', { only: ['105', '308'] }, icbc, 'BANK_NOT_REACHABLE'],
    ['only listed ones: nobody knows', { only: ['105', '102'] }, undefined, 'BANK_UNKNOWN'],
    ['only listed ones: listed by BIC', { only: ['105', 'DEUTDEFF'] }, deutscheBranch, undefined],
    ['only listed ones: BIC against bank types', { only: ['105', '102'] }, deutsche, 'BANK_UNKNOWN'],
    ['only listed ones: both codes, neither listed', { only: ['105'] }, { ...icbc, ...bnp }, 'BANK_NOT_REACHABLE'],
    ['all but some: one of the others', { except: ['320'] }, icbc, undefined],
    ['all but some: one of them', { except: ['320'] }, villageBank, 'BANK_NOT_REACHABLE'],
    ['all but some: nobody knows', { except: ['320'] }, undefined, 'BANK_UNKNOWN'],
    ['all but some by BIC: one that has only CNAPS', { except: ['BNPAFRPP'] }, icbc, 'BANK_UNKNOWN'],
    ['all but some: excepted by either code', { except: ['BNPAFRPP'] }, { ...icbc, ...bnp }, 'BANK_NOT_REACHABLE'],
  ])('%s', (_, lists, payer, code) => {
    expect(codeOf({ same: 'ANY', ...lists }, payer, { cnaps: '102100099996', bic: 'DEUTDEFF' })).toBe(code);
  });

  test('are those of payer and payee', () => {
    expect(bankRefusal({ same: 'ANY', only: ['102'] }, icbc, ccb)).toEqual({
      code: 'BANK_NOT_REACHABLE',
      place: 'payeeBank',
      bank: ['105'],
    });
  });
});
