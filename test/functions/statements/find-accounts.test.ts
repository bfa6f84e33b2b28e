import { describe, expect, it } from 'vitest';
import { accountFinder } from '../../../functions/statements/find-accounts.ts';

describe('the accounts of a file', () => {
  it('are looked up once for each number, at most eight at once', async () => {
    const asked: string[] = [];
    let underWay = 0;
    let most = 0;
    const find = accountFinder(
      'demo',
      async (_, hash) => {
        asked.push(hash);
        most = Math.max(most, ++underWay);
        await new Promise(setImmediate);
        underWay -= 1;
        return hash === '17' ? { accountId: 'acc_17', currency: 'EUR' } : undefined;
      },
      (number) => number,
    );
    const numbers = Array.from({ length: 40 }, (_, index) => String(10 + (index % 20)));
    const found = await Promise.all(numbers.map((number) => find({ number })));
    expect(found.filter((one) => one?.accountId === 'acc_17')).toHaveLength(2);
    expect(asked.length).toBe(new Set(asked).size);
    expect(most).toBe(8);
  });
});
