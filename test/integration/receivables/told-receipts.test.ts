import { describe, expect, it } from 'vitest';
import type { LedgerAccount } from '../../../functions/ledger/published.ts';
import { askAgain } from '../../../functions/receivables/booking/ask-again.ts';
import { isWaiting } from '../../../functions/receivables/booking/refused-booking.ts';
import { receiptIdOfCredit, receiptIdOfDetail } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { takeCredit } from '../../../functions/receivables/receipts/take-credit.ts';
import { entryId } from '../../../functions/statements/stored-entry.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { EntryDetail } from '../../../shared/formats/statement-events.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { eachTest } from './each-test.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  keepVirtualAccount,
  monday,
  receiptsOn,
  receiptsWithBook,
  settle,
  theReceipt,
  writeBook,
} from './receipts.ts';
import { tellerOf, tellingTo } from './telling.ts';

const tenant = 'demo';

/** Money that others tell of. Amounts in fen. */
describe.each(engines())('money that is told of, on $kind', (engine) => {
  const receipts = eachTest(() => receiptsWithBook(engine));
  quietLog();

  const { credit, take, all } = tellingTo(() => receipts);
  const detail = (amount: bigint, more: Partial<EntryDetail> = {}): EntryDetail => ({
    amount,
    currency: 'CNY',
    references: {},
    ...more,
  });

  const whole = (event: DomainEvent<{ creditKey: string }>) => ({
    id: receiptIdOfCredit(tenant, event.data.creditKey),
  });

  it('is one receipt, though camt.054, MT942 and camt.053 tell of it, twice and in any order', async () => {
    const events = [
      credit(100_000n, { format: 'MT942' }),
      credit(100_000n, {
        format: 'camt.054',
        remittance: 'Rechnung 17',
        counterparty: { name: '江南机械厂', account: '6222021234567890123' },
      }),
      credit(100_000n),
    ] as const;
    for (const event of [...events, ...events.toReversed()]) await take(event);
    const receipt = await theReceipt(receipts, whole(events[0]));
    expect(await all()).toEqual([receipt]);
    expect(receipt.sources.map(({ kind, id }) => [kind, id])).toEqual(
      ['MT942', 'camt.054', 'camt.053'].map((format) => ['STATEMENT', entryId(`stm_${format}`, 1)]),
    );
    expect(receipt).toMatchObject({ texts: ['Rechnung 17'], payer: { name: '江南机械厂', account: '****0123' } });
    await settle(receipts);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
  });

  it('of a batch credit is a receipt for each transaction where they add up to it; whoever tells of it again adds nothing', async () => {
    const details = [detail(60_000n, { remittance: 'FP-1' }), detail(40_000n, { remittance: 'FP-2' })];
    const event = credit(100_000n, { format: 'camt.054', details });
    await take(event);
    await take(event);
    await take(credit(100_000n));
    const ids = [0, 1].map((place) => receiptIdOfDetail(tenant, event.data.creditKey, place));
    expect((await all()).map(({ id, amount, texts }) => [id, amount, ...texts]).sort()).toEqual(
      [
        [ids[0], 60_000n, 'FP-1'],
        [ids[1], 40_000n, 'FP-2'],
      ].sort(),
    );
  });

  it('of a batch credit is one receipt where its transactions do not add up to it, or another told of it as one before', async () => {
    const short = credit(100_000n, { details: [detail(60_000n), detail(30_000n)] });
    await take(short);
    expect((await all()).map(({ amount }) => amount)).toEqual([100_000n]);
    await take(credit(70_000n, { bankReference: 'B-2' }));
    const parts = [detail(30_000n, { remittance: 'FP-3' }), detail(40_000n)];
    const later = credit(70_000n, { bankReference: 'B-2', format: 'camt.054', details: parts });
    await take(later);
    expect(await theReceipt(receipts, whole(later))).toMatchObject({ amount: 70_000n, texts: ['FP-3'] });
    expect((await all()).length).toBe(2);
  });

  it('of a batch is told apart by reference, payer and amount, in whatever order reports list it', async () => {
    const [jia, yi] = [{ name: '甲公司' }, { name: '乙公司' }];
    const of = (counterparty: object, remittance: string, endToEndId?: string) =>
      detail(50_000n, { counterparty, remittance, references: endToEndId === undefined ? {} : { endToEndId } });
    const told = [
      [detail(60_000n, { counterparty: jia }), of(yi, '乙 1'), of(jia, '甲 1')],
      [of(jia, '甲 2', 'E-J'), of(yi, '乙 2', 'E-Y'), detail(60_000n, { counterparty: jia, remittance: '甲 0' })],
      [of({}, '乙 3', 'E-Y'), of({}, '甲 3', 'E-J'), detail(60_000n)],
    ];
    for (const details of told) {
      const event = credit(160_000n, { details });
      await take({ ...event, data: { ...event.data, entryId: `ent_${told.indexOf(details)}` } });
    }
    const known = (await all()).map(({ amount, payer, texts }) => [amount, payer.name, ...texts].join(' '));
    expect(known.sort()).toEqual(['50000 乙公司 乙 1 乙 2 乙 3', '50000 甲公司 甲 1 甲 2 甲 3', '60000 甲公司 甲 0']);
  });

  it('on an account that a pool books, or in another currency than its account, lies on the cash account of the book', async () => {
    const { ledger } = receipts.tools;
    const book = { bookId: 'pool_1', role: 'REAL' } as unknown as NonNullable<LedgerAccount['book']>;
    const readAccounts: typeof ledger.readAccounts = async (of, ids) => {
      const found = await ledger.readAccounts(of, ids);
      return new Map([...found].map(([id, account]) => [id, { ...account, book }]));
    };
    await takeCredit({ ...receipts.tools, ledger: { ...ledger, readAccounts } }, credit(100_000n), monday);
    await take(credit(500n, { currency: 'USD', bankReference: 'B-2' }));
    expect((await all()).map(({ currency, cashAccountId }) => [currency, cashAccountId]).sort()).toEqual([
      ['CNY', undefined],
      ['USD', undefined],
    ]);
    await settle(receipts);
    expect(await balances(receipts)).toEqual({ cash: 100_000n, unapplied: -100_000n });
  });

  it('to a virtual account is its customer’s; where two are named, or a closed one, it says nothing', async () => {
    const customer = await keepCustomer(receipts);
    const numbers = ['9558801001000317', '9558801001000318', '9558801001000319'] as const;
    for (const number of numbers)
      await keepVirtualAccount(receipts, number, number.endsWith('9') ? 'CLOSED' : 'ACTIVE');
    await keepInvoices(receipts, {});
    const [to, both, closed] = [
      credit(100_000n, { remittance: `到账 ${numbers[0]}` }),
      credit(200_000n, { remittance: `${numbers[0]} ${numbers[1]}` }),
      credit(300_000n, { remittance: numbers[2] }),
    ];
    for (const event of [to, both, closed]) await take(event);
    await settle(receipts);
    expect(await theReceipt(receipts, whole(to))).toMatchObject({ allocated: 100_000n, customerId: customer.id });
    for (const event of [both, closed]) {
      const receipt = await theReceipt(receipts, whole(event));
      expect([receipt.virtualAccountKey, receipt.exception?.reason]).toEqual([undefined, 'UNKNOWN_PAYER']);
    }
  });

  it('is no receipt where it is a debit of ours that was reversed', async () => {
    await take(credit(100_000n, { reversal: true }));
    expect(await all()).toEqual([]);
  });

  it('of an entity without a book is kept and flagged, and booked once there is one', async () => {
    const bare = await receiptsOn(engine);
    const { credit, take } = tellerOf(bare);
    const event = credit(100_000n);
    await take(event);
    await settle(bare);
    expect(await balances(bare)).toEqual({});
    const { id } = whole(event);
    expect((await bare.tools.store.readRefused(tenant, [id])).get(id)).toMatchObject({
      code: 'receivables/book-not-found',
      attempt: 1,
    });
    await askAgain(bare.tools, monday);
    expect(await balances(bare)).toEqual({});
    await writeBook(bare);
    await settle(bare);
    expect(await balances(bare)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    const refused = (await bare.tools.store.readRefused(tenant, [id])).get(id);
    expect(refused && isWaiting(refused)).toBe(false);
    await askAgain(bare.tools, monday);
    expect(await balances(bare)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    expect(await disagreements(bare)).toEqual([]);
  });
});
