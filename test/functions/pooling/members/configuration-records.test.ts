import { describe, expect, it } from 'vitest';
import { loanPairsOf } from '../../../../functions/pooling/loans/loan-books.ts';
import {
  configurationFromRecords,
  configurationRecords,
} from '../../../../functions/pooling/members/configuration-records.ts';
import { membersIn } from '../../../../functions/pooling/members/member-shapes.ts';
import { readMembers } from '../../../../functions/pooling/members/read-members.ts';
import type { Configuration } from '../../../../functions/pooling/pool.ts';
import { fromItem, toItem } from '../../../../shared/dynamo/items.ts';
import { packBlock, packBlocks, unpackBlock } from '../../../../shared/dynamo/record-blocks.ts';
import { itemBytes } from '../../../../shared/dynamo/write-units.ts';

/** The largest item that DynamoDB takes. (Amazon DynamoDB Developer Guide, "Service, account, and table quotas".) */
const itemBytesMax = 400 * 1_024;
const recordsPerBlockMax = 100;
const pool = { currency: 'CNY', rootAccountId: accountOf(0) };
const yuan = (amount: string) => ({ amount, currency: 'CNY' });

function accountOf(number: number): string {
  return `acc_${String(number).padStart(26, '0')}`;
}

/** A name of the greatest length, 140 characters of three bytes each. */
function entityOf(number: number): string {
  const place = [...String(number).padStart(4, '0')].map((digit) => '〇一二三四五六七八九'[Number(digit)]).join('');
  return `${'中国某某建设集团股份有限公司'.repeat(9)}第${place}工程子公司`.slice(0, 140).padEnd(140, '司');
}

function configurationOf(body: unknown): Configuration {
  const request = membersIn.parse(body);
  const ids = [pool.rootAccountId, ...request.members.map(({ accountId }) => accountId)];
  const facts = new Map(ids.map((id, index) => [id, { currency: 'CNY', holder: entityOf(index) }]));
  const { header, members, contracts } = readMembers(pool, request, facts);
  const loanBooks = loanPairsOf(pool, { header, members }).map((pair, index) => ({
    ...pair,
    accountId: accountOf(10_000 + index),
    controlId: accountOf(20_000),
  }));
  return { version: 7, header, members, contracts, loanBooks };
}

/** The items of a configuration as they are stored, without their keys. */
function itemsOf(configuration: Configuration) {
  return packBlocks(configurationRecords(configuration), recordsPerBlockMax).map((block) => toItem({ ...block }));
}

function readBack(items: ReturnType<typeof itemsOf>): Configuration {
  return configurationFromRecords(items.flatMap((item) => unpackBlock(fromItem(item))));
}

describe('the stored configuration of a pool', () => {
  it('of 2,000 entities with long names and contracts both ways fits its items and reads back as it was', () => {
    const numbers = Array.from({ length: 2_000 }, (_, index) => index + 1);
    const configuration = configurationOf({
      members: numbers.map((number) => ({
        accountId: accountOf(number),
        reserve: yuan('20000.00'),
        up: [{ effectiveFrom: '2026-01-01', rule: { method: 'ZERO_BALANCE' }, unit: yuan('100.00') }],
      })),
      loans: numbers.flatMap((number) => [
        {
          lender: entityOf(number),
          borrower: entityOf(0),
          contract: `委贷2026-${number}`,
          ceiling: yuan('5000000.00'),
        },
        { lender: entityOf(0), borrower: entityOf(number), contract: `委贷2026-${number}b`, ceiling: yuan('800.00') },
      ]),
    });
    expect(new Set(configuration.members.map(({ entity }) => entity)).size).toBe(2_000);
    expect([configuration.contracts.length, configuration.loanBooks.length]).toEqual([4_000, 2_000]);
    const items = itemsOf(configuration);
    // Blocks are of 100 KB of text; the amounts beside it are fewer bytes than their places in it.
    expect(Math.max(...items.map(itemBytes))).toBeLessThan(itemBytesMax / 2);
    expect(readBack(items)).toEqual(configuration);
  });

  it('of members with as many agreements, ranges and limits as may be asked for fits its items', () => {
    const tiers = Array.from({ length: 20 }, (_, index) => ({
      from: yuan(`${9_000_000_000_000 + index * 10}.00`),
      to: yuan(`${9_000_000_000_000 + index * 10 + 9}.99`),
      rule: { method: 'KEEP_RESERVE', keep: yuan('9999999999999.99') },
    }));
    const pauses = Array.from({ length: 50 }, (_, index) => {
      const day = `20${String(40 + index)}-03-01`;
      return { from: day, to: day };
    });
    const limits = ['DAY', 'MONTH', 'YEAR'].map((period) => ({
      period,
      amount: yuan('9999999999999.99'),
    }));
    const agreement = (index: number) => ({
      effectiveFrom: `20${30 + index}-01-01`,
      pauses,
      limits,
      unit: yuan('100.00'),
      minimum: yuan('100.00'),
      maximum: yuan('9999999999999.99'),
      triggerAmount: yuan('100.00'),
      rule: { method: 'RANGE', tiers },
    });
    const up = Array.from({ length: 10 }, (_, index) => agreement(index));
    const closed = Array.from({ length: 50 }, () => ({ from: '2026-01-01', to: '2026-01-02' }));
    const members = [1, 2, 3].map((number) => ({ accountId: accountOf(number), up, bank: { closed } }));
    const configuration = configurationOf({ members });
    const items = itemsOf(configuration);
    expect(Math.max(...items.map(itemBytes))).toBeLessThan(itemBytesMax / 2);
    expect(readBack(items)).toEqual(configuration);
  });

  it('keeps members, contracts and loan books in their order, and without any of them is its head', () => {
    const some = configurationOf({
      members: [3, 1, 2].map((number) => ({ accountId: accountOf(number) })),
      loans: [{ lender: 'B', borrower: 'A', contract: 'second' }],
    });
    const back = readBack(itemsOf(some));
    expect(back.members.map(({ accountId }) => accountId)).toEqual([3, 1, 2].map(accountOf));
    expect(back.loanBooks).toEqual(some.loanBooks);
    expect(back.contracts).toEqual([{ lender: 'B', borrower: 'A', contract: 'second' }]);
    const none = { ...some, members: [], contracts: [], loanBooks: [] };
    expect(readBack(itemsOf(none))).toEqual(none);
    expect(() => configurationFromRecords([])).toThrow('without its head');
  });

  it('has blocks that read back as nothing where nothing is in them', () => {
    expect(unpackBlock(fromItem(toItem({ ...packBlock([]) })))).toEqual([]);
  });
});
