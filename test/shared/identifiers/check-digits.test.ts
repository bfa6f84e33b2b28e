import { describe, expect, test } from 'vitest';
import { checkBic, isValidBic } from '../../../shared/identifiers/bic.ts';
import { checkCnaps, isValidCnaps } from '../../../shared/identifiers/cnaps.ts';
import { checkBankCard, isValidBankCard } from '../../../shared/identifiers/luhn.ts';
import { checkUscc, isValidUscc, usccCheckCharacter } from '../../../shared/identifiers/uscc.ts';

/** Every text that differs in one digit. */
function withOneDigitWrong(text: string): string[] {
  return [...text].flatMap((character, place) =>
    [...'0123456789']
      .filter((digit) => /[0-9]/.test(character) && digit !== character)
      .map((digit) => text.slice(0, place) + digit + text.slice(place + 1)),
  );
}

describe('CNAPS bank codes', () => {
  const published = ['102100099996', '105100000017', '308584000013', '313332082914'];

  test.each(published)('%s, published by its bank, passes', (code) => {
    expect(checkCnaps(code)).toBeUndefined();
  });

  test.each(published)('%s with one digit wrong never passes', (code) => {
    expect(withOneDigitWrong(code).filter(isValidCnaps)).toEqual([]);
  });

  test.each(['10210009999', '1021000999966', '10210009999A', '', '１０２１０００９９９９６'])(
    '%j has not 12 digits',
    (code) => {
      expect(checkCnaps(code)).toBe('A CNAPS bank code has 12 digits.');
    },
  );

  test('a wrong check digit is told without the code', () => {
    expect(checkCnaps('102100099995')).toBe('The last digit does not check; compare the bank code.');
  });
});

describe('unified social credit codes', () => {
  test.each([
    ['91350100M000100Y4', '3'],
    ['91110000100004447', '7'],
    ['9144030071526726X', 'G'],
  ])('%s goes on with %s', (first17, last) => {
    expect(usccCheckCharacter(first17)).toBe(last);
    expect(checkUscc(first17 + last)).toBeUndefined();
  });

  test('91350100M000100Y4Z, the common miscalculation, is refused for its letter', () => {
    expect(checkUscc('91350100M000100Y4Z')).toMatch(/^"Z" is in no unified social credit code/);
  });

  test.each([
    ['91350100M000100Y44', 'The last character does not check; compare the unified social credit code.'],
    ['91350100M000100Y4', 'A unified social credit code has 18 characters.'],
    ['91350A00M000100Y43', 'Characters 3 to 8, the area, are digits.'],
  ])('%s is refused: %s', (code, fault) => {
    expect(checkUscc(code)).toBe(fault);
  });

  test('one digit wrong never passes', () => {
    expect(withOneDigitWrong('91350100M000100Y43').filter(isValidUscc)).toEqual([]);
  });
});

describe('bank cards', () => {
  // Test numbers published by card schemes and payment providers.
  test.each(['4111111111111111', '5555555555554444', '6200000000000005', '6205500000000000004', '4111 1111 1111 1111'])(
    '%s passes',
    (card) => {
      expect(checkBankCard(card)).toBeUndefined();
    },
  );

  test('one digit wrong never passes', () => {
    expect(withOneDigitWrong('6200000000000005').filter(isValidBankCard)).toEqual([]);
  });

  test.each(['411111111111111', '62055000000000000044', '4111-1111-1111-1111', ''])(
    '%j has not 16 to 19 digits',
    (card) => {
      expect(checkBankCard(card)).toBe('A bank card number has 16 to 19 digits.');
    },
  );
});

describe('BICs', () => {
  test.each(['PCBCCNBJ', 'ICBKCNBJXXX', 'DEUTDEFF500', 'BKCHCNBJ300'])('%s is well formed', (bic) => {
    expect(checkBic(bic)).toBeUndefined();
  });

  test.each([
    ['PCBCCNB', 'A BIC has 8 or 11 characters.'],
    ['PCBCCNBJ1', 'A BIC has 8 or 11 characters.'],
    ['pcbccnbj', 'A BIC is written in capitals and digits.'],
    ['PCBCC1BJ', 'Characters 5 and 6 of a BIC are the letters of its country.'],
  ])('%s is refused: %s', (bic, fault) => {
    expect(checkBic(bic)).toBe(fault);
    expect(isValidBic(bic)).toBe(false);
  });
});
