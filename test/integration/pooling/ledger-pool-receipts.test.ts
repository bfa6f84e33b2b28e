import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bindRealAccount } from '../../../functions/ledger/bind-book.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { readPoolStatement } from '../../../functions/pooling/ledgers/read-pool-statement.ts';
import type { LedgerPool } from '../../../functions/pooling/ledgers/require-ledger-pool.ts';
import { takeReceipt } from '../../../functions/pooling/ledgers/take-receipt.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { receiptRecorded } from '../../../functions/statements/events.ts';
import { entryId, type StoredEntry } from '../../../functions/statements/stored-entry.ts';
import type { StoredStatement } from '../../../functions/statements/stored-statement.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { EntryDetail, StatementEntry } from '../../../shared/formats/statement-events.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import { entry } from '../../functions/statements/pages.ts';
import { engines } from '../../support/engines.ts';
import { figuresOf, ledgerOf, ledgerPool } from './ledger-pools.ts';
import { newPool } from './pools.ts';
import { balancesOf, cause, now, openAccount, poolingOnEngine, type TestPooling } from './support.ts';

/** Credits as the statements tell them, taken by a ledger pool with the ledgers 'shop' and 'plant'. Amounts in fen. */
describe.each(engines())('a receipt told by a bank statement, on $kind', (engine) => {
  let pooling: TestPooling;
  let logged: Record<string, unknown>[] = [];
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
    setLogSink((line) => logged.push(JSON.parse(line)));
  });
  beforeEach(() => {
    logged = [];
  });
  afterAll(() => {
    setLogSink((line) => process.stdout.write(`${line}\n`));
    pooling?.close();
  });

  async function open(tenant: string) {
    const pool = await ledgerPool(pooling, tenant, 0n);
    const shop = await ledgerOf(pooling.tools, pool, { name: 'shop', virtualAccounts: ['62280001', 'VA-SHOP-1'] });
    const plant = await ledgerOf(pooling.tools, pool, { name: 'plant', virtualAccounts: ['62280002'] });
    const ids = [pool.rootAccountId, shop.accountId, plant.accountId];
    return {
      pool,
      shop: shop.accountId,
      /** Main, shop, plant. */
      held: () => balancesOf(pooling, tenant, ids),
      take: (event: DomainEvent, at = now, tools: PoolingTools = pooling.tools) => takeReceipt(tools, event, at),
    };
  }

  interface Told extends Partial<StatementEntry> {
    readonly format?: StoredStatement['format'];
    readonly sequence?: number;
    readonly accountId?: string;
  }

  /** The event of one entry, made as the statements make it. */
  function told(pool: LedgerPool, minor: bigint, { format = 'camt.053', sequence = 1, accountId, ...more }: Told = {}) {
    const id = deriveId('stm', pool.id, format);
    const statement = {
      tenant: pool.tenant,
      id,
      format,
      accountId: accountId ?? pool.headerAccountId,
      importedAt: now.toISOString(),
      importedBy: cause,
    } as unknown as StoredStatement;
    const { index: _, ...facts } = entry(minor, { currency: 'CNY', bankReference: 'B-1', ...more });
    const { details } = facts;
    const stored: StoredEntry = { ...facts, id: entryId(id, sequence), sequence, detailsCount: details.length };
    return receiptRecorded(statement, stored, pooling.tools.hashNumber);
  }

  function detail(amount: bigint, remittance: string): EntryDetail {
    return { amount, currency: 'CNY', references: {}, remittance };
  }

  async function linesOf(pool: LedgerPool, accountId: string) {
    const period = { from: '2026-03-02', to: '2026-03-02', limit: 50 };
    return (await readPoolStatement(pooling.tools, pool, accountId, period)).entries;
  }

  it('is booked into the ledger that the payer named', async () => {
    const { pool, held, take, shop } = await open('named');
    await take(told(pool, 700n, { remittance: 'Invoice 5 to 6228 0001', valueDate: '2026-02-27' }));
    expect(await held()).toEqual([0n, 700n, 0n]);
    expect(await figuresOf(pooling, pool)).toEqual({ real: 700n, control: -700n, ledgers: 700n });
    const [line] = await linesOf(pool, shop);
    expect(line).toMatchObject({
      amount: 700n,
      valueDate: '2026-02-27',
      counterpartyAccountId: pool.book.controlAccountId,
      references: { assignment: 'ASSIGNED', entryId: told(pool, 700n).subject },
    });
    expect(line?.description).toBe('Invoice 5 to ****0001');
    expect(logged).toEqual([]);
  });

  it('is found by a number with letters in a reference', async () => {
    const { pool, held, take } = await open('letters');
    await take(told(pool, 5n, { references: { endToEndId: 'vashop1' }, remittance: '62280002' }));
    expect(await held()).toEqual([0n, 5n, 0n]);
  });

  it('is booked once, though its event comes three times and at once', async () => {
    const { pool, held, take } = await open('twice');
    const event = told(pool, 700n, { remittance: '62280001' });
    await Promise.all([take(event), take(event)]);
    await take(event, new Date('2026-03-05T01:00:00Z'));
    expect(await held()).toEqual([0n, 700n, 0n]);
  });

  it('is booked once, though a camt.054, an MT942 and the camt.053 tell it, whichever comes first', async () => {
    const { pool, held, take } = await open('formats');
    const full = { remittance: '62280001', references: { endToEndId: 'E-1' } };
    const events = [
      told(pool, 700n, { ...full, format: 'camt.054', sequence: 3 }),
      told(pool, 700n, { format: 'MT942', sequence: 9, remittance: 'cut off' }),
      told(pool, 700n, { ...full, format: 'camt.053' }),
    ];
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    for (const event of events) await take(event);
    expect(await held()).toEqual([0n, 700n, 0n]);
  });

  it('is another one where the bank gives it another reference', async () => {
    const { pool, held, take } = await open('two');
    await take(told(pool, 700n, { remittance: '62280001', bankReference: 'B-1' }));
    await take(told(pool, 700n, { remittance: '62280001', bankReference: 'B-2', sequence: 2 }));
    expect(await held()).toEqual([0n, 1_400n, 0n]);
  });

  it('of a batch is shared out over the ledgers in one transfer', async () => {
    const { pool, held, take } = await open('batch');
    const details = [detail(100n, '62280001'), detail(50n, 'to 62280002'), detail(25n, '?'), detail(5n, 'VA SHOP 1')];
    await take(told(pool, 180n, { details }));
    expect(await held()).toEqual([25n, 105n, 50n]);
    const real = await linesOf(pool, pool.headerAccountId);
    expect(real.map(({ amount, references }) => [amount, references.assignment])).toEqual([[180n, 'PARTLY_ASSIGNED']]);
  });

  it('of a batch of 30 is shared out, of 31 goes to the main ledger', async () => {
    const { pool, held, take } = await open('many');
    const of = (count: number) => Array.from({ length: count }, (_, n) => detail(1n, `6228000${1 + (n % 2)}`));
    await take(told(pool, 30n, { details: of(30), bankReference: 'B-30' }));
    expect(await held()).toEqual([0n, 15n, 15n]);
    await take(told(pool, 31n, { details: of(31), bankReference: 'B-31' }));
    await take(told(pool, 60n, { details: of(60), bankReference: 'B-60' }));
    expect(await held()).toEqual([91n, 15n, 15n]);
  });

  it('with an unknown number, or one of another pool, falls to the main ledger and can be found there', async () => {
    const { pool, held, take } = await open('unknown');
    const bank = await openAccount(pooling, 'unknown', { name: 'bank 2' });
    const other = await newPool(pooling, 'unknown', bank, 'LEDGER');
    await ledgerOf(pooling.tools, other, { name: 'foreign', virtualAccounts: ['62289999'] });
    await take(told(pool, 40n, { remittance: '62287777' }));
    await take(told(pool, 2n, { remittance: '62289999', bankReference: 'B-2' }));
    expect(await held()).toEqual([42n, 0n, 0n]);
    const lines = await linesOf(pool, pool.rootAccountId);
    expect(lines.map(({ references }) => references.assignment)).toEqual(['UNASSIGNED', 'UNASSIGNED']);
  });

  it('with too much text to search goes to the main ledger, since a search cut short proves nothing', async () => {
    const { pool, held, take } = await open('long');
    const long = Array.from({ length: 28 }, (_, n) => {
      const words = Array.from({ length: 100 }, (_word, place) => `N${10_000_000 + n * 1_000 + place}`);
      return detail(1n, ['62280001', ...words].join(' ').slice(0, 1_900));
    });
    await take(told(pool, 28n, { details: long }));
    expect(await held()).toEqual([28n, 0n, 0n]);
  });

  it('is left alone with a line in the log where it is a reversal or in another currency', async () => {
    const { pool, held, take } = await open('alone');
    const before = await pooling.snapshot();
    await take(told(pool, 700n, { reversal: true, remittance: '62280001' }));
    await take(told(pool, 700n, { currency: 'USD', remittance: '62280001' }));
    await take(told(pool, -700n, { remittance: '62280001' }));
    expect(logged.map(({ message, because }) => [message, because])).toEqual([
      ['receipt left alone', 'REVERSAL'],
      ['receipt left alone', 'OTHER_CURRENCY'],
      ['receipt left alone', 'NOT_POSITIVE'],
    ]);
    expect(await held()).toEqual([0n, 0n, 0n]);
    expect(await pooling.snapshot()).toEqual(before);
  });

  it('of an account that is no real account of a ledger pool is none of its business', async () => {
    const { pool, take } = await open('others');
    const before = await pooling.snapshot();
    await take(told(pool, 700n, { accountId: 'acc_00000000000000000000000000' }));
    await take(told(pool, 700n, { accountId: pool.rootAccountId }));
    await take({ ...told(pool, 700n), tenant: 'somebody else' });
    expect(await pooling.snapshot()).toEqual(before);
    expect(logged).toEqual([]);
  });

  it('with a value date to come is valued today and keeps the bank’s', async () => {
    const { pool, take } = await open('value date');
    await take(told(pool, 7n, { valueDate: '2026-03-04' }));
    const [line] = await linesOf(pool, pool.rootAccountId);
    expect(line).toMatchObject({ valueDate: '2026-03-02', references: { bankValueDate: '2026-03-04' } });
  });

  it('for a closed ledger stays in the main one, once', async () => {
    const { pool, held, take, shop } = await open('closed');
    const close = {
      command: 'CHANGE',
      id: deriveId('tr', 'closed', 'close'),
      fingerprint: 'close',
      cause,
      accountId: shop,
      status: 'CLOSED',
    } as const;
    await submit(pooling.ledgerStore, 'closed', [close], now);
    const event = told(pool, 700n, { remittance: '62280001' });
    await take(event);
    await take(event);
    expect(await held()).toEqual([700n, 0n, 0n]);
    expect(logged[0]).toMatchObject({ message: 'receipt kept in the main ledger', refusal: 'ledger/account-closed' });
  });

  it('comes again where the ledger could not say, and is booked then', async () => {
    const { pool, held, take } = await open('later');
    const event = told(pool, 700n, { remittance: '62280001' });
    const problem = general.unavailable.with({ detail: 'No answer.' });
    const silent: PoolingTools = {
      ...pooling.tools,
      ledger: { ...pooling.tools.ledger, postTransfers: async () => [{ id: 'tr', outcome: 'REFUSED', problem }] },
    };
    await expect(take(event, now, silent)).rejects.toBe(problem);
    await take(event);
    expect(await held()).toEqual([0n, 700n, 0n]);
  });

  it('shows no account number of the payer in full', async () => {
    const { pool, take } = await open('masked');
    const number = '6217001210012345678';
    await take(told(pool, 7n, { remittance: `from ${number} with thanks` }));
    const [line] = await linesOf(pool, pool.rootAccountId);
    expect(line?.description).toBe('from ****5678 with thanks');
    expect([...(await pooling.snapshot()).values()].filter((text) => text.includes(number))).toEqual([]);
  });

  it('cannot reach a second book: a real account is in one for ever', async () => {
    const { pool } = await open('one book');
    const binding = {
      name: ['test', 'second'],
      bookId: 'second',
      realAccountId: pool.headerAccountId,
      controlAccountId: pool.book.controlAccountId,
      mainLedgerId: pool.rootAccountId,
      cause,
    };
    await expect(bindRealAccount(pooling.ledgerStore, 'one book', binding, now)).rejects.toMatchObject({
      code: 'ledger/book-not-allowed',
    });
  });
});
