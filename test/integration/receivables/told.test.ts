import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectSuccess } from '../../../infra/local/demo/api-client.ts';
import { type ApiSystem, legalEntity, systemWithBook } from './api-system.ts';

let own: ApiSystem;
beforeAll(async () => {
  own = await systemWithBook();
});
afterAll(() => own?.system.stop());

it('what is recorded of receivables is told on the bus, each once', async () => {
  const { api } = own;
  expectSuccess(await api.post('/v1/customers', { number: 'K-1', name: '江南机械厂' }, 'k'));
  const invoice = {
    ...{ legalEntity, number: 'FP-2026-1', customerNumber: 'K-1', issuedOn: '2026-03-02', terms: 'net 30' },
    amount: { amount: '800.00', currency: 'CNY' },
  };
  const { id } = expectSuccess(await api.post('/v1/invoices', invoice, 'i'));
  expectSuccess(await api.post(`/v1/invoices/${id}/dispute`, { reason: '数量不符' }));
  const note = { number: 'HZ-1', amount: { amount: '800.00', currency: 'CNY' }, reason: '退货' };
  expectSuccess(await api.post(`/v1/invoices/${id}/credit-note`, note, 'n'));
  await own.quiet();
  const { events } = expectSuccess(await api.get('/local/events'));
  const told = (events as { type: string }[]).map(({ type }) => type).filter((type) => type.startsWith('receivables.'));
  expect(told.sort()).toEqual([
    'receivables.book-changed.v1',
    'receivables.customer-created.v1',
    'receivables.invoice-credited.v1',
    'receivables.invoice-disputed.v1',
    'receivables.invoice-issued.v1',
    // By the credit note.
    'receivables.invoice-open-changed.v1',
  ]);
});
