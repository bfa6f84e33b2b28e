import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcceptedInvoices } from '../../../functions/receivables/invoices/accept-invoices.ts';
import { invoiceIdOf } from '../../../functions/receivables/keys.ts';
import { invoicesPerWriteMax } from '../../../functions/receivables/store-invoices.ts';
import { aCustomer, entity } from '../../functions/receivables/samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { accept, aTenant, line, receivablesOnEngine, type TestReceivables } from './support.ts';

describe('batches of invoices', () => {
  let own: TestReceivables;
  beforeAll(async () => {
    own = await receivablesOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it.each<Death>(['BEFORE', 'AFTER'])('killed %s any of their writes and sent again are whole', async (death) => {
    // As many as go in two transactions.
    const lines = Array.from({ length: invoicesPerWriteMax + 1 }, (_, place) => line(`FP-2026-${1000 + place}`));
    let deaths = 0;
    for (let write = 0; ; write += 1) {
      const tenant = `kill-${death.toLowerCase()}-${write}`;
      await aTenant(own, tenant);
      const client = own.newClient();
      const { isDead } = dieAt(client, write, death);
      await accept(own.storeOver(client), tenant, lines).catch(() => undefined);
      client.destroy();
      // An invoice that is there can be found by its number.
      const there = await own.store.readInvoices(
        tenant,
        lines.map(({ number }) => invoiceIdOf(tenant, entity, number)),
      );
      const tokens = Array.from(there.values(), ({ number }) => number.replaceAll('-', ''));
      expect((await own.store.readInvoicesByToken(tenant, tokens)).invoices).toEqual(there);
      const { accepted, faults } = await accept(own.store, tenant, lines);
      expect(faults).toEqual([]);
      const kept = await own.store.readInvoices(
        tenant,
        accepted.map(({ invoice }) => invoice.id),
      );
      expect(kept.size).toBe(lines.length);
      if (!isDead()) break;
      deaths += 1;
    }
    // What leads to the invoices is written 25 at a time, they themselves 50 at a time.
    expect(deaths).toBe(3 + 2);
  });

  it('are kept also where writes are refused or their answers are lost', async () => {
    await aTenant(own, 'faults');
    const client = own.newClient(5);
    const log = injectFaults(client, Number(process.env.YUDAO_SEED ?? 20260302), { conflict: 0.2, timeoutAfter: 0.2 });
    const lines = Array.from({ length: 30 }, (_, place) => line(`FP-2026-${2000 + place}`));
    const { accepted, faults } = await accept(own.storeOver(client), 'faults', lines);
    client.destroy();
    expect(faults, String(log)).toEqual([]);
    expect(accepted).toHaveLength(30);
    const ids = accepted.map(({ invoice }) => invoice.id);
    expect((await own.store.readInvoices('faults', ids)).size).toBe(30);
  });
});

describe('a batch of ten thousand invoices', () => {
  let own: TestReceivables;
  let answer: AcceptedInvoices;
  const count = 10_000;
  const { id: customerId } = aCustomer({ tenant: 'many' });
  beforeAll(async () => {
    own = await receivablesOnEngine(anEngine());
    await aTenant(own, 'many');
    const dueOn = (place: number) => `2026-04-${String(1 + (place % 30)).padStart(2, '0')}`;
    const lines = Array.from({ length: count }, (_, place) =>
      line(`FP-2026-${100_000 + place}`, { dueOn: dueOn(place) }),
    );
    answer = await accept(own.store, 'many', lines);
  });
  afterAll(() => own?.close());

  it('is accepted whole', () => {
    expect(answer.faults).toEqual([]);
    expect(answer.accepted).toHaveLength(count);
  });

  it('is read page by page by due day, each invoice once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await own.store.readOpenInvoices('many', customerId, { after, count: 1_000 });
      seen.push(...page.invoices.map(({ dueOn, id }) => `${dueOn} ${id}`));
      after = page.next;
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(count);
    expect(seen).toEqual([...seen].sort());
  });

  it('is read by the day of issue too', async () => {
    const first = await own.store.readInvoicesOf('many', customerId, { count: 2 });
    const second = await own.store.readInvoicesOf('many', customerId, { count: 2, after: first.next });
    expect(new Set([...first.invoices, ...second.invoices].map(({ id }) => id)).size).toBe(4);
  });
});
