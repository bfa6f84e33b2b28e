import { describe, expect, test } from 'vitest';
import { stateOf } from '../../../../shared/formats/pain/status-codes.ts';
import { indexStatuses, statusOf } from '../../../../shared/formats/pain/status-index.ts';
import { lineXml, paymentXml, reasonXml, reportXml, statusesOf } from './reports.ts';

const original = { messageId: 'MSG-1', paymentInformationId: 'P1', endToEndId: 'E1' };

async function statusIn(file: string, of: Partial<typeof original & { instructionId: string }> = {}) {
  return statusOf(await indexStatuses(await statusesOf(file)), { ...original, ...of });
}

const group = (code: string, reason = '') => `<GrpSts>${code}</GrpSts>${reason && reasonXml(reason)}`;
const payment = (code: string, reason = '') => `<PmtInfSts>${code}</PmtInfSts>${reason && reasonXml(reason)}`;
const line = (code: string, reason = '', id = 'E1') =>
  lineXml(id, `<TxSts>${code}</TxSts>${reason && reasonXml(reason)}`);

describe('which level speaks', () => {
  test('the transaction before its payment information, that before the message', async () => {
    const all = reportXml(group('RJCT', 'AM05'), paymentXml(payment('ACCP') + line('ACSC')));
    expect(await statusIn(all)).toEqual({ state: 'SETTLED', code: 'ACSC', level: 'TRANSACTION', reasons: [] });
    expect(await statusIn(all, { endToEndId: 'E2' })).toMatchObject({
      state: 'ACCEPTED',
      level: 'PAYMENT',
      reasons: [],
    });
    expect(await statusIn(all, { paymentInformationId: 'P2' })).toEqual({
      state: 'REJECTED',
      code: 'RJCT',
      level: 'GROUP',
      reasons: [{ code: 'AM05', information: [] }],
    });
  });

  test('a rejected payment information rejects what it does not list, in an accepted message too', async () => {
    const file = reportXml(group('ACCP'), paymentXml(payment('RJCT', 'AC04')));
    expect(await statusIn(file)).toMatchObject({ state: 'REJECTED', level: 'PAYMENT', reasons: [{ code: 'AC04' }] });
  });

  test('PART says nothing about a transaction without a line of its own', async () => {
    expect(await statusIn(reportXml(group('PART')))).toBeUndefined();
    expect(await statusIn(reportXml(group('PART'), paymentXml(line('RJCT', 'AC01', 'E2'))))).toBeUndefined();
    expect(await statusIn(reportXml(group('PART'), paymentXml(line('RJCT', 'AC01'))))).toMatchObject({
      state: 'REJECTED',
      reasons: [{ code: 'AC01' }],
    });
  });

  test('PART of a payment information hides what stands above it', async () => {
    expect(await statusIn(reportXml(group('ACCP'), paymentXml(payment('PART'))))).toBeUndefined();
  });

  test('a payment information without a status leaves the word to the message, but its reasons are nearer', async () => {
    const file = reportXml(group('RJCT', 'NARR'), paymentXml(reasonXml('AC04')));
    expect(await statusIn(file)).toMatchObject({ state: 'REJECTED', level: 'GROUP', reasons: [{ code: 'AC04' }] });
  });

  test('a line without a status takes the one above and keeps its own reasons', async () => {
    const file = reportXml('', paymentXml(payment('RJCT', 'NARR') + lineXml('E1', reasonXml('AM04'))));
    expect(await statusIn(file)).toMatchObject({ state: 'REJECTED', level: 'PAYMENT', reasons: [{ code: 'AM04' }] });
    expect(await statusIn(reportXml(group('PART'), paymentXml(lineXml('E1', reasonXml('AM04')))))).toBeUndefined();
  });

  test('a report without any status says nothing', async () => {
    expect(await statusIn(reportXml('', paymentXml('')))).toBeUndefined();
  });

  test('a report on another message says nothing', async () => {
    expect(await statusIn(reportXml(group('RJCT')), { messageId: 'MSG-2' })).toBeUndefined();
  });

  test('a payment information in two pieces of different status is PART', async () => {
    const file = reportXml(
      group('ACCP'),
      paymentXml(payment('ACSP')) + paymentXml(payment('RJCT') + line('RJCT', 'AC01')),
    );
    expect(await statusIn(file)).toMatchObject({ state: 'REJECTED', level: 'TRANSACTION' });
    expect(await statusIn(file, { endToEndId: 'E2' })).toBeUndefined();
  });

  test('the time of acceptance comes along', async () => {
    const accepted = '<TxSts>ACSP</TxSts><AccptncDtTm>2026-03-03T10:00:00Z</AccptncDtTm>';
    const file = reportXml('', paymentXml(lineXml('E1', accepted)));
    expect(await statusIn(file)).toMatchObject({ state: 'PROCESSING', acceptedAt: '2026-03-03T10:00:00Z' });
  });
});

describe('which line is of the transaction', () => {
  const both = (instruction: string, endToEnd: string, code: string) =>
    `<TxInfAndSts><OrgnlInstrId>${instruction}</OrgnlInstrId><OrgnlEndToEndId>${endToEnd}</OrgnlEndToEndId><TxSts>${code}</TxSts></TxInfAndSts>`;

  test('by the instruction id where end-to-end ids repeat', async () => {
    const file = reportXml('', paymentXml(both('I1', 'NOTPROVIDED', 'ACSC') + both('I2', 'NOTPROVIDED', 'RJCT')));
    const of = (instructionId: string) => statusIn(file, { endToEndId: 'NOTPROVIDED', instructionId });
    expect(await of('I1')).toMatchObject({ state: 'SETTLED' });
    expect(await of('I2')).toMatchObject({ state: 'REJECTED' });
    expect(await of('I3')).toBeUndefined();
  });

  test('by the instruction id alone where the bank gives no other', async () => {
    const file = reportXml(
      '',
      paymentXml('<TxInfAndSts><OrgnlInstrId>I1</OrgnlInstrId><TxSts>RJCT</TxSts></TxInfAndSts>'),
    );
    expect(await statusIn(file, { instructionId: 'I1' })).toMatchObject({ state: 'REJECTED' });
    expect(await statusIn(file)).toBeUndefined();
  });

  test('not where one id fits and the other does not', async () => {
    const file = reportXml('', paymentXml(both('I1', 'E1', 'RJCT')));
    expect(await statusIn(file, { instructionId: 'I2' })).toBeUndefined();
  });

  test('only of its own payment information', async () => {
    const file = reportXml('', paymentXml(line('RJCT'), 'P2'));
    expect(await statusIn(file)).toBeUndefined();
  });

  test('lines that contradict each other are UNKNOWN with the reasons of both', async () => {
    const file = reportXml('', paymentXml(line('ACSC') + line('RJCT', 'AM04')));
    expect(await statusIn(file)).toMatchObject({ state: 'UNKNOWN', reasons: [{ code: 'AM04' }] });
    const agreeing = reportXml('', paymentXml(line('RJCT', 'AM04') + line('RJCT', 'AM04')));
    expect(await statusIn(agreeing)).toMatchObject({ state: 'REJECTED' });
  });
});

describe('what a code means', () => {
  test.each([
    ['RCVD', 'RECEIVED'],
    ['PDNG', 'PENDING'],
    ['ACTC', 'ACCEPTED'],
    ['ACCP', 'ACCEPTED'],
    ['ACWC', 'ACCEPTED'],
    ['ACSP', 'PROCESSING'],
    ['ACSC', 'SETTLED'],
    ['ACCC', 'SETTLED'],
    ['RJCT', 'REJECTED'],
    ['CANC', 'CANCELLED'],
    ['PART', 'PARTIAL'],
    ['XXXX', 'UNKNOWN'],
    ['rjct', 'UNKNOWN'],
  ])('%s is %s', (code, state) => {
    expect(stateOf(code)).toBe(state);
  });
});

test('events without a report cannot be asked', async () => {
  await expect(indexStatuses([])).rejects.toThrow(RangeError);
});
