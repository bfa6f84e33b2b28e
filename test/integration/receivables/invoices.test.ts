import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as acts from '../../../functions/receivables/invoices/act-on-invoice.ts';
import { createInvoice } from '../../../functions/receivables/invoices/create-invoice.ts';
import { type Invoice, invoiceState, openOf } from '../../../functions/receivables/invoices/invoice.ts';
import { invoiceIn } from '../../../functions/receivables/invoices/line-shapes.ts';
import { askedOf } from '../../../functions/receivables/invoices/read-line.ts';
import { invoiceIdOf } from '../../../functions/receivables/keys.ts';
import type { ReceivablesStore } from '../../../functions/receivables/store.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { sum } from '../../../shared/money/sum.ts';
import { entity, on } from '../../functions/receivables/samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { engines } from '../../support/engines.ts';
import { aTenant, claimOf, line, receivablesOnEngine, type TestReceivables } from './support.ts';

const number = 'FP-2026-0001';

describe.each(engines())('invoices on $kind', (engine) => {
  let own: TestReceivables;
  beforeAll(async () => {
    own = await receivablesOnEngine(engine);
  });
  afterAll(() => own?.close());

  const create = (tenant: string, key: string, more: object = {}, store = own.store) =>
    createInvoice(
      store,
      tenant,
      askedOf(invoiceIn.parse(line(number, more))),
      claimOf('createInvoice', key, invoiceIdOf(tenant, entity, number), JSON.stringify(more)),
    );

  const creditNote = (
    { tenant, id }: Invoice,
    noteNumber: string,
    amount: bigint,
    { store = own.store, key = noteNumber }: { store?: ReceivablesStore; key?: string } = {},
  ) =>
    acts.reduce(
      store,
      { tenant, invoiceId: id },
      { kind: 'CREDIT_NOTE', amount, currency: 'CNY', number: noteNumber, reason: '退货', date: '2026-03-05' },
      ({ legalEntity }) => deriveId('cn', tenant, legalEntity, noteNumber),
      claimOf('creditInvoice', key, '', `${noteNumber} ${amount}`),
    );

  const writeOff = ({ tenant, id }: Invoice, key: string, amount: bigint) =>
    acts.reduce(
      own.store,
      { tenant, invoiceId: id },
      { kind: 'WRITE_OFF', amount, currency: 'CNY', reason: '客户破产', date: '2026-03-05' },
      () => deriveId('wo', tenant, key),
      claimOf('writeOffInvoice', key, deriveId('wo', tenant, key), `${amount}`),
    );

  it('are recorded once per key and once per number', async () => {
    await aTenant(own, 'once');
    const made = await create('once', 'a');
    expect(await create('once', 'a')).toEqual(made);
    expect(await create('once', 'b')).toEqual(made);
    const before = await own.snapshot();
    const other = { amount: { amount: '1000.01', currency: 'CNY' } };
    await expect(create('once', 'b', other)).rejects.toMatchObject({ code: 'request/idempotency-key-reused' });
    await expect(create('once', 'c', other)).rejects.toMatchObject({
      code: 'receivables/invoice-number-taken',
      fields: { errors: [{ pointer: '/number' }] },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('of nobody, and of a legal entity without a book, are refused and nothing is written', async () => {
    await aTenant(own, 'nobody');
    const before = await own.snapshot();
    await expect(create('nobody', 'a', { customerNumber: 'K-2' })).rejects.toMatchObject({
      code: 'receivables/customer-not-found',
      fields: { errors: [{ pointer: '/customerNumber' }] },
    });
    await expect(create('nobody', 'b', { amount: { amount: '1.00', currency: 'EUR' } })).rejects.toMatchObject({
      code: 'receivables/book-not-found',
      fields: { errors: [{ pointer: '/legalEntity' }] },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('of one tenant are not those of another', async () => {
    await aTenant(own, 'mine');
    const made = await create('mine', 'a');
    await aTenant(own, 'yours');
    await expect(acts.findInvoice(own.store, { tenant: 'yours', invoiceId: made.id })).rejects.toMatchObject({
      code: 'receivables/invoice-not-found',
    });
    expect((await own.store.readInvoicesByToken('yours', ['FP20260001'])).invoices.size).toBe(0);
  });

  it('that ten credit at once are credited up to what is open: three notes of 300.00, and no fourth', async () => {
    await aTenant(own, 'race');
    const invoice = await create('race', 'a');
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, place) => creditNote(invoice, `HZ-${place}`, 30_000n)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const tried of tries) {
      if (tried.status === 'rejected') expect(tried.reason).toMatchObject({ code: 'receivables/above-open' });
    }
    const kept = await acts.findInvoice(own.store, { tenant: 'race', invoiceId: invoice.id });
    expect(openOf(kept)).toBe(10_000n);
    const reductions = await own.store.readReductions('race', invoice.id);
    expect(sum(reductions.map(({ amount }) => amount))).toBe(kept.credited);
  });

  it('are credited once per number, by whatever key and however many ask', async () => {
    await aTenant(own, 'number');
    const invoice = await create('number', 'a');
    await Promise.all(
      Array.from({ length: 5 }, (_, place) => creditNote(invoice, 'HZ-1', 30_000n, { key: `key ${place}` })),
    );
    const kept = await acts.findInvoice(own.store, { tenant: 'number', invoiceId: invoice.id });
    expect(kept.credited).toBe(30_000n);
    await expect(creditNote(invoice, 'HZ-1', 30_001n, { key: 'other' })).rejects.toMatchObject({
      code: 'receivables/credit-note-number-taken',
      fields: { errors: [{ pointer: '/number' }] },
    });
  });

  it('are credited whole where the process dies at any write and asks again', async () => {
    for (const death of ['BEFORE', 'AFTER'] as const satisfies readonly Death[]) {
      const tenant = `kill-${death.toLowerCase()}`;
      await aTenant(own, tenant);
      const invoice = await create(tenant, 'a');
      const client = own.newClient();
      const { isDead } = dieAt(client, 0, death);
      await creditNote(invoice, 'HZ-1', 30_000n, { store: own.storeOver(client) }).catch(() => undefined);
      client.destroy();
      expect(isDead()).toBe(true);
      await creditNote(invoice, 'HZ-1', 30_000n);
      const kept = await acts.findInvoice(own.store, { tenant, invoiceId: invoice.id });
      expect(kept).toMatchObject({ credited: 30_000n, revision: 2 });
      expect(await own.store.readReductions(tenant, invoice.id)).toHaveLength(1);
    }
  });

  it('that are written off leave the list of what is open', async () => {
    const customer = await aTenant(own, 'off');
    const invoice = await create('off', 'a');
    const open = () => own.store.readOpenInvoices('off', customer.id, { count: 10 });
    expect((await open()).invoices).toEqual([invoice]);
    const part = await writeOff(invoice, 'one', 40_000n);
    expect(await writeOff(invoice, 'one', 40_000n)).toEqual(part);
    expect((await open()).invoices.map(openOf)).toEqual([60_000n]);
    expect(invoiceState(await writeOff(invoice, 'two', 60_000n))).toBe('WRITTEN_OFF');
    expect((await open()).invoices).toEqual([]);
    expect((await own.store.readInvoicesOf('off', customer.id, { count: 10 })).invoices).toHaveLength(1);
  });

  it('take no credit note in another currency, and none of before their issue', async () => {
    await aTenant(own, 'fit');
    const { tenant, id } = await create('fit', 'a');
    const before = await own.snapshot();
    const asked = { kind: 'CREDIT_NOTE', amount: 1n, currency: 'USD', number: 'HZ', reason: 'x', date: '2026-03-01' };
    const tried = acts.reduce(
      own.store,
      { tenant, invoiceId: id },
      asked as acts.AskedReduction,
      () => 'cn_1',
      claimOf('creditInvoice', 'a', ''),
    );
    await expect(tried).rejects.toMatchObject({
      code: 'receivables/reduction-refused',
      fields: { errors: [{ pointer: '/amount/currency' }, { pointer: '/issuedOn' }] },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('that are disputed and credited at once are both', async () => {
    await aTenant(own, 'both');
    const invoice = await create('both', 'a');
    const which = { tenant: 'both', invoiceId: invoice.id };
    await Promise.all([
      acts.putInDispute(own.store, which, '数量不符', on),
      creditNote(invoice, 'HZ-1', 30_000n),
      acts.putInDispute(own.store, which, '数量不符', on),
    ]);
    const kept = await acts.findInvoice(own.store, which);
    expect(kept).toMatchObject({ credited: 30_000n, dispute: { reason: '数量不符' }, revision: 3 });
    expect(await acts.endDispute(own.store, which, on)).toMatchObject({ revision: 4 });
    expect(await acts.endDispute(own.store, which, on)).toMatchObject({ revision: 4 });
  });

  it('are written in transactions of others only where they stand as they were read', async () => {
    await aTenant(own, 'part');
    const before = await create('part', 'a');
    const next = { ...before, cleared: 25_000n, revision: 2 };
    const write = () =>
      own.client.send(new TransactWriteItemsCommand({ TransactItems: [own.store.invoiceWrite(next, before)] }));
    await write();
    await expect(write()).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(await own.store.readInvoice('part', before.id)).toEqual(next);
  });
});
