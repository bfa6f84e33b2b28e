import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outboxKey } from '../../../functions/collection/gateway/iso/file-adapter.ts';
import { statusXml } from '../../functions/collection/gateway/bank-files.ts';
import { engines } from '../../support/engines.ts';
import { bucket, fileGateway, fileTerms, handedAt, later, messageOf, orderOf, orders } from './bank-files.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';
import { line, payment, type TestBank, testBank } from './test-bank.ts';

const rejected = (code: string) =>
  `<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>${code}</Cd></Rsn><AddtlInf>Insufficient</AddtlInf><AddtlInf>funds</AddtlInf></StsRsnInf>`;

describe.each(engines())('files to and from a bank on $kind', (engine) => {
  let own: TestCollection;
  let bank: TestBank;
  beforeAll(async () => {
    own = await collectionOnEngine(engine);
    bank = testBank(own.store);
  });
  afterAll(() => own?.close());

  const read: TestBank['read'] = (...asked) => bank.read(...asked);
  const sent: TestBank['sent'] = (...asked) => bank.sent(...asked);
  const said: TestBank['said'] = (tenant) => bank.said(tenant);

  it('write a message to a place that its id names', async () => {
    const { message, written, file } = await sent('write');
    expect(written).toEqual([{ key: 'outbox/write/IBPS/MSG-1.xml', text: file.text }]);
    expect(outboxKey(message)).toBe('outbox/write/IBPS/MSG-1.xml');
    expect(outboxKey({ ...message, id: "M/1 (a)+'b" })).toBe('outbox/write/IBPS/M%2F1%20%28a%29%2B%27b.xml');
    expect(await said('write')).toEqual([]);
  });

  it('write nothing more when the message is handed over again', async () => {
    const { message } = await sent('again');
    const before = await own.snapshot();
    const { written, outbox } = bucket();
    const gateway = fileGateway({ store: own.store, outbox }, fileTerms);
    expect(await gateway.hand(message, later)).toEqual({ outcome: 'TAKEN' });
    expect(written).toEqual([]);
    expect(await own.snapshot()).toEqual(before);
  });

  it('refuse a message id, or an order, that was used with other content', async () => {
    await sent('other');
    const { written, outbox } = bucket();
    const gateway = fileGateway({ store: own.store, outbox }, fileTerms);
    const before = await own.snapshot();
    for (const message of [
      messageOf('MSG-1', [orderOf('A9')], 'other'),
      messageOf('MSG-2', [orderOf('A1')], 'other'),
    ]) {
      await expect(gateway.hand(message, later)).rejects.toMatchObject({ code: 'collection/bank-message-differs' });
    }
    expect(written).toEqual([]);
    expect(await own.snapshot()).toEqual(before);
  });

  it('do not take what the bank would refuse, and say which field', async () => {
    const { written, outbox } = bucket();
    const gateway = fileGateway({ store: own.store, outbox }, { ...fileTerms, characters: 'LATIN' });
    const answer = await gateway.hand(messageOf('MSG-1', orders, 'latin'), handedAt);
    expect(answer).toMatchObject({ outcome: 'NOT_TAKEN', text: expect.stringContaining('payments[0].creditor.name') });
    expect(written).toEqual([]);
    expect(await own.store.readSentOrders('latin', ['A1', 'A2', 'A3'])).toEqual([]);
  });

  it('say of every order what a status of the whole message says', async () => {
    await sent('group');
    const totals = '<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>1244.57</OrgnlCtrlSum>';
    const file = await read('group', statusXml('MSG-1', `${totals}<GrpSts>ACCP</GrpSts>`));
    expect(file).toMatchObject({ status: 'READ', reports: 3 });
    expect(await said('group')).toEqual(['A1 ACCEPTED', 'A2 ACCEPTED', 'A3 ACCEPTED']);
    const [first] = await own.store.readReports('group', 'A1');
    expect(first).toMatchObject({
      receivedAt: later.toISOString(),
      report: { at: '2026-03-03T01:00:00.000Z', source: `file:${file.id}` },
    });
  });

  it('say of the orders of a payment information what its status says', async () => {
    const { file } = await sent('payment');
    const [first, , last] = file.orders;
    const payments =
      payment(first?.paymentInformationId ?? '', '<OrgnlNbOfTxs>2</OrgnlNbOfTxs><PmtInfSts>ACSC</PmtInfSts>') +
      payment(
        last?.paymentInformationId ?? '',
        '<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>MD01</Cd></Rsn></StsRsnInf>',
      );
    await read('payment', statusXml('MSG-1', '<GrpSts>PART</GrpSts>', payments));
    expect(await said('payment')).toEqual(['A1 SETTLED 123456', 'A2 SETTLED 1000', 'A3 REJECTED MD01']);
  });

  it('say of an order what its own line says, and of the others what stands above', async () => {
    const { file } = await sent('line');
    const id = file.orders[0]?.paymentInformationId ?? '';
    const payments = payment(id, `<PmtInfSts>ACSP</PmtInfSts>${line('A2', rejected('AM04'))}`);
    await read('line', statusXml('MSG-1', '<GrpSts>PART</GrpSts>', payments));
    expect(await said('line')).toEqual(['A1 PROCESSING', 'A2 REJECTED AM04']);
    expect((await own.store.readReports('line', 'A2'))[0]?.report.text).toBe('Insufficient funds');
  });

  it.each([
    ['ACSC', '2026-03-03T01:00:00.000Z'],
    ['RJCT', '2026-03-03T01:00:00.000Z'],
    // Accepted it was when the bank says so.
    ['ACCP', '2026-03-02T02:30:00.000Z'],
  ])('say that an order has ended when the bank told so, not when it had accepted it: %s', async (status, at) => {
    const tenant = `ended-${status}`;
    const { file } = await sent(tenant);
    const told = `<TxSts>${status}</TxSts><AccptncDtTm>2026-03-02T10:30:00+08:00</AccptncDtTm>`;
    const id = file.orders[0]?.paymentInformationId ?? '';
    await read(tenant, statusXml('MSG-1', '<GrpSts>PART</GrpSts>', payment(id, line('A1', told))));
    expect(await own.store.readReports(tenant, 'A1')).toMatchObject([{ report: { at } }]);
  });

  it('change nothing when they are read twice, under whatever name', async () => {
    await sent('repeat');
    const text = statusXml('MSG-1', '<GrpSts>ACCP</GrpSts>');
    const first = await read('repeat', text);
    const before = await own.snapshot();
    expect(await read('repeat', text, 'inbox/repeat/other-name.xml')).toEqual(first);
    expect(await own.snapshot()).toEqual(before);
  });
});
