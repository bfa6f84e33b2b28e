import { describe, expect, it } from 'vitest';
import { describeStatement } from '../../../functions/statements/statement.ts';
import { balance, entry, page } from './pages.ts';

describe('what the pages of a statement say beside their entries', () => {
  const first = { ...page({}), information: 'Rates changed.', floorLimits: [{ currency: 'EUR', amount: 5n }] };
  const second = { ...page({}), floorLimits: [{ currency: 'EUR', amount: 5n }] };
  const third = { ...page({}), information: 'Office closed.', floorLimits: [{ currency: 'EUR', amount: 7n }] };

  it('is joined, each text and limit once', () => {
    const statement = describeStatement('demo', 'key', [first, second, third, first]);
    expect(statement.information).toBe('Rates changed.\nOffice closed.');
    expect(statement.floorLimits?.map(({ amount }) => amount)).toEqual([5n, 7n]);
  });
});

describe('the currency of a statement', () => {
  it('is that of its balances where the account is said to have one that there is not', () => {
    const account = { number: '4711', currency: 'EURO' };
    const odd = page({
      header: { account },
      entries: [entry(5n)],
      balances: [balance('OPBD', 0n), balance('CLBD', 5n)],
    });
    const statement = describeStatement('demo', 'key', [odd]);
    expect([statement.currency, statement.check.status]).toEqual(['EUR', 'BALANCED']);
    expect(statement.flags).toEqual([{ code: 'ACCOUNT_CURRENCY_UNKNOWN', count: 1, where: ['account'] }]);
  });
});
