import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BatchXml, type EntryXml, noticeXml } from '../../functions/collection/gateway/bank-files.ts';
import { engines } from '../../support/engines.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';
import { ofA1, type TestBank, testBank } from './test-bank.ts';

describe.each(engines())('files of a bank that tell of money on $kind', (engine) => {
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

  const a1 = { endToEndId: 'A1', amount: '1234.56' };
  const debit = { ...a1, direction: 'DBIT' } as const;

  it.each<[string, EntryXml, string[]]>([
    ['a credit settles', a1, ['A1 SETTLED 123456']],
    ['a part settles a part', { ...a1, amount: '1000.00' }, ['A1 SETTLED 100000']],
    ['a debit with its reason returns', { ...debit, reason: 'MS02' }, ['A1 RETURNED MS02123456']],
    // camt gives the direction of the reversed entry's own booking: a reversed credit is booked as a debit.
    ['a reversal returns', { ...debit, reversal: true }, ['A1 RETURNED 123456']],
    ['a debit without a reason is left', debit, []],
    ['what is pending is left', { ...a1, status: 'PDNG' }, []],
    ['another currency is left', { ...a1, currency: 'USD' }, []],
    ['what is not ours is left', { ...a1, endToEndId: 'B1' }, []],
    ['what has no number is left', { ...a1, endToEndId: 'NOTPROVIDED' }, []],
  ])('%s', async (name, entry, expected) => {
    const tenant = `money-${name.replaceAll(' ', '-')}`;
    await sent(tenant);
    for (const message of ['camt.054', 'camt.053']) {
      expect(await read(tenant, noticeXml([entry], message))).toMatchObject({
        status: 'READ',
        reports: expected.length,
      });
      const reports = await own.store.readReports(tenant, 'A1');
      expect(new Set(reports.map(({ report }) => report.at))).toEqual(
        new Set(expected.length > 0 ? ['2026-03-03T10:00:00.000Z'] : []),
      );
    }
    expect(await said(tenant)).toEqual([...expected, ...expected]);
  });

  // The statement is made on 3 March at 18:00 in Shanghai, where a day is a day.
  it.each<[string, string, string, string]>([
    ['at the hour of the statement of that day', '<Dt>2026-03-03</Dt>', '', '2026-03-03T10:00:00.000Z'],
    ['on the day before the statement', '<Dt>2026-03-02</Dt>', '', '2026-03-01T16:00:00.000Z'],
    ['with a time', '<DtTm>2026-03-02T15:30:00</DtTm>', '', '2026-03-02T07:30:00.000Z'],
    ['with a time and its offset', '<DtTm>2026-03-02T15:30:00+01:00</DtTm>', '', '2026-03-02T14:30:00.000Z'],
    [
      'on a day whose statement is made the next in Shanghai',
      '<Dt>2026-03-03</Dt>',
      '2026-03-03T20:00:00+01:00',
      '2026-03-02T16:00:00.000Z',
    ],
    ['at the end of a day', '<DtTm>2026-03-02T24:00:00</DtTm>', '', '2026-03-02T16:00:00.000Z'],
    ['on no day', '', '', '2026-03-03T10:00:00.000Z'],
  ])('an entry is of its booking date: booked %s', async (name, booked, at, expected) => {
    const tenant = `day-${name.length}`;
    await sent(tenant);
    await read(tenant, noticeXml([{ ...a1, booked }], 'camt.053', at === '' ? {} : { at }));
    expect(await own.store.readReports(tenant, 'A1')).toMatchObject([{ report: { at: expected } }]);
  });

  it('two credits of one order are one report of both', async () => {
    await sent('parts');
    const text = noticeXml([ofA1('1000.00'), { endToEndId: 'A2', amount: '10.00' }, ofA1('234.56')]);
    const file = await read('parts', text);
    expect(await said('parts')).toEqual(['A1 SETTLED 123456', 'A2 SETTLED 1000']);
    const sources = (await own.store.readReports('parts', 'A1')).map(({ report }) => report.source);
    expect(sources).toEqual([`file:${file.id}#1.1.1`]);
    expect(await read('parts', text)).toEqual(file);
  });

  const instructed = (amount: string, currency = 'CNY') =>
    `<AmtDtls><InstdAmt><Amt Ccy="${currency}">${amount}</Amt></InstdAmt></AmtDtls>`;
  const charge = (amount: string, more = '') =>
    `<Chrgs><Rcrd><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>${more}</Rcrd></Chrgs>`;

  // Of 1,234.56 that cost 10.00, 1,224.56 come.
  it.each<[string, EntryXml | BatchXml, string]>([
    [
      'instructed amount and charges',
      { ...ofA1('1224.56'), more: instructed('1234.56') + charge('10.00') },
      '123456 1000',
    ],
    ['the instructed amount alone', { ...ofA1('1224.56'), more: instructed('1234.56') }, '123456 1000'],
    ['the charges alone', { ...ofA1('1224.56'), more: charge('10.00') }, '123456 1000'],
    ['two charges', { ...ofA1('1224.56'), more: charge('8.00') + charge('2.00') }, '123456 1000'],
    [
      'their total',
      { ...ofA1('1224.56'), more: '<Chrgs><TtlChrgsAndTaxAmt Ccy="CNY">10.00</TtlChrgsAndTaxAmt></Chrgs>' },
      '123456 1000',
    ],
    [
      'charges booked apart',
      { ...ofA1('1234.56'), more: charge('10.00', '<ChrgInclInd>false</ChrgInclInd>') },
      '123456 1000',
    ],
    [
      'an instructed amount of another currency',
      { ...ofA1('1000.00'), more: instructed('140.00', 'USD') },
      '100000 none',
    ],
    ['an instructed amount below what came', { ...ofA1('1234.56'), more: instructed('1000.00') }, '123456 none'],
    ['neither', ofA1('1224.56'), '122456 none'],
    [
      'an entry net of the charges of its one transaction',
      { total: '1224.56', lines: [{ ...ofA1('1234.56'), more: charge('10.00') }] },
      '123456 1000',
    ],
    [
      'an entry net of the charges of its two',
      {
        total: '1233.56',
        lines: [
          { ...ofA1('1234.56'), more: charge('10.00') },
          { endToEndId: 'B1', amount: '10.00', more: charge('1.00') },
        ],
      },
      '123456 1000',
    ],
  ])('a credit net of charges settles what it was before them: %s', async (name, entry, expected) => {
    const tenant = `charges-${name.replaceAll(' ', '-')}`;
    await sent(tenant);
    expect(await read(tenant, noticeXml([entry]))).toMatchObject({ status: 'READ', reports: 1 });
    const [first] = await own.store.readReports(tenant, 'A1');
    expect(`${first?.report.amount} ${first?.report.fee ?? 'none'}`).toBe(expected);
  });

  it('a return that the bank charges for takes back what had come, not more', async () => {
    await sent('charged-return');
    const more = instructed('1234.56') + charge('3.00');
    await read('charged-return', noticeXml([{ ...debit, amount: '1237.56', reason: 'MS02', more }]));
    expect(await own.store.readReports('charged-return', 'A1')).toMatchObject([
      { report: { state: 'RETURNED', amount: 123_456n } },
    ]);
  });
});
