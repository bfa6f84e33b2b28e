import { describe, expect, it } from 'vitest';
import { problems as ledgerProblems } from '../../../../functions/ledger/problems.ts';
import type { TransferOrder, TransferResult } from '../../../../functions/ledger/published.ts';
import { askAgain, bookPostings } from '../../../../functions/settlement/journal/booking/book-postings.ts';
import { type BookingTools, RoleAccounts } from '../../../../functions/settlement/journal/booking/role-accounts.ts';
import type { WaitingPosting } from '../../../../functions/settlement/journal/posting.ts';
import type { Posting } from '../../../../functions/settlement/journal/transaction.ts';
import type { Market } from '../../../../functions/settlement/markets/market.ts';
import type { Merchant } from '../../../../functions/settlement/merchants/merchant.ts';
import { general } from '../../../../shared/problems/general.ts';

const now = new Date('2025-09-26T03:00:00.000Z');
const posting: Posting = {
  ...{ tenant: 'demo', id: 'pst_1', marketId: 'mkt_1' },
  legs: [{ debit: 'supervised', credit: 'payable:mer_tea', amount: 500n }],
};

type Say = (order: TransferOrder) => TransferResult;
const posted: Say = () => ({ id: 'tr_1', outcome: 'POSTED', legs: [], bookedAt: now.toISOString() });
const closed: Say = () => {
  const problem = ledgerProblems['account-closed'].with({ detail: 'It is closed.', accountId: 'acc_tea' });
  return { id: 'tr_1', outcome: 'REFUSED', problem };
};
const silent: Say = () => ({
  id: 'tr_1',
  outcome: 'REFUSED',
  problem: general.unavailable.with({ detail: 'No answer.' }),
});

/** A store that keeps what waits, and a ledger that says so. */
function toolsThat(say: Say) {
  const waiting = new Map<string, WaitingPosting>();
  const orders: TransferOrder[] = [];
  const reads: string[] = [];
  const tools: BookingTools = {
    store: {
      readMarket: async (_, id) => {
        reads.push(id);
        return { tenant: 'demo', id, currency: 'CNY', accounts: { supervised: 'acc_s' } } as Market;
      },
      readMerchants: async (_, ids) => {
        reads.push(...ids);
        return new Map([...ids].map((id) => [id, { id, payableAccountId: 'acc_tea' } as Merchant]));
      },
      listChannels: async () => [],
      keepWaiting: async (one) => {
        const isFirst = !waiting.has(one.id);
        if (isFirst) waiting.set(one.id, one);
        return isFirst;
      },
      replaceWaiting: async (next) => Boolean(waiting.set(next.id, next)),
      listWaiting: async (until) => ({
        waiting: [...waiting.values()].filter(({ askAt, bookedAs }) => askAt <= until && bookedAs === undefined),
      }),
    },
    ledger: {
      postTransfers: async (_, asked) => {
        orders.push(...asked);
        return asked.map(say);
      },
    },
  };
  return { tools, waiting, orders, reads };
}

describe('a posting', () => {
  it('goes into the ledger under its own name, on the accounts of market and merchant', async () => {
    const { tools, orders, waiting } = toolsThat(posted);
    await bookPostings(tools, new RoleAccounts(), [posting], now);
    expect(orders).toMatchObject([
      {
        name: ['settlement', 'posting', 'pst_1'],
        fingerprint: 'supervised payable:mer_tea 500',
        legs: [{ debitAccountId: 'acc_s', creditAccountId: 'acc_tea', amount: 500n, currency: 'CNY' }],
      },
    ]);
    expect(waiting.size).toBe(0);
  });

  it('finds its accounts once', async () => {
    const { tools, reads } = toolsThat(posted);
    const accounts = new RoleAccounts();
    await bookPostings(tools, accounts, [posting], now);
    await bookPostings(tools, accounts, [{ ...posting, id: 'pst_2' }], now);
    expect(reads).toEqual(['mkt_1', 'mer_tea']);
  });

  it('that the ledger refuses waits, and is asked for under the next number: a refusal is remembered by its name', async () => {
    const { tools, orders, waiting } = toolsThat(closed);
    await bookPostings(tools, new RoleAccounts(), [posting], now);
    expect(waiting.get('pst_1')).toMatchObject({
      ...{ code: 'ledger/account-closed', detail: 'It is closed.', attempt: 2, refusals: 1 },
      askAt: '2025-09-26T03:01:00.000Z',
    });
    await askAgain(tools, new RoleAccounts(), new Date('2025-09-26T03:01:00.000Z'));
    expect(orders[1]?.name).toEqual(['settlement', 'posting', 'pst_1', '2']);
    expect(waiting.get('pst_1')).toMatchObject({ attempt: 3, refusals: 2, askAt: '2025-09-26T03:03:00.000Z' });
  });

  it('is asked for every hour at last', async () => {
    const { tools, waiting } = toolsThat(closed);
    await bookPostings(tools, new RoleAccounts(), [posting], now);
    let at = now;
    for (let time = 0; time < 12; time++) {
      at = new Date(waiting.get('pst_1')?.askAt ?? '');
      await askAgain(tools, new RoleAccounts(), at);
    }
    expect(Date.parse(waiting.get('pst_1')?.askAt ?? '') - at.getTime()).toBe(3_600_000);
  });

  it('that the ledger could not say of is handed over again, and not kept', async () => {
    const { tools, waiting } = toolsThat(silent);
    await expect(bookPostings(tools, new RoleAccounts(), [posting], now)).rejects.toThrow('could not book all');
    expect(waiting.size).toBe(0);
  });
});
