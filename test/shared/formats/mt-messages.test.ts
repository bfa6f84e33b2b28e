import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../shared/formats/format-error.ts';
import { at, readEvents, readWhole } from './read.ts';

async function reasonOf(file: string): Promise<string> {
  const outcome = await readEvents(file).catch((error: unknown) => error);
  if (outcome instanceof FormatError) return outcome.reason;
  throw new Error('the file was not refused');
}

describe('several statements in one MT940 message', () => {
  const first = ':20:M1\n:25:111\n:28C:7/1\n:60F:C260302EUR1,\n:61:260302C2,NTRFA\n:62F:C260302EUR3,\n';
  const rest = ':60F:C260303EUR3,\n:61:260303C4,NTRFB\n:62F:C260303EUR7,\n-\n';

  it.each([
    ['account', ':25:222\n:28C:1/1\n', { number: '222', sequenceNumber: '1' }],
    ['account behind the number', ':28C:1/1\n:25:222\n', { number: '222', sequenceNumber: '1' }],
    ['account with its bank', ':25P:222\nBANKCHZZ\n', { number: '222', sequenceNumber: undefined }],
    ['number of the same account', ':28C:8/1\n', { number: '111', sequenceNumber: '8' }],
    ['opening balance', '', { number: '111', sequenceNumber: undefined }],
  ])('begins the next one at a new %s', async (_, start, { number, sequenceNumber }) => {
    const [one, two, ...more] = await readWhole(first + start + rest);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ header: { messageId: 'M1', sequenceNumber: '7' }, entries: [{ amount: 200n }] });
    expect(one?.trailer.balances.map(({ amount }) => amount)).toEqual([100n, 300n]);
    expect(two).toMatchObject({ header: { messageId: 'M1', account: { number } }, entries: [{ amount: 400n }] });
    expect(two?.header.sequenceNumber).toBe(sequenceNumber);
    expect(two?.trailer.balances.map(({ amount }) => amount)).toEqual([300n, 700n]);
  });

  it('begins a page at an opening balance carried over', async () => {
    const pages = await readWhole(`${first.replace('62F', '62M')}${rest.replace('60F', '60M')}`);
    expect(pages.map(({ trailer }) => trailer.balances.map(({ intermediate }) => intermediate ?? false))).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('leaves what follows the closing balance with it', async () => {
    const after = ':64:C260302EUR3,\n:86:Thank you\n';
    const [one, two] = await readWhole(first + after + rest);
    expect(one?.trailer).toMatchObject({ information: 'Thank you' });
    expect(two?.trailer.information).toBeUndefined();
  });

  it('refuses a new account before the closing balance of the old one', async () => {
    expect(await reasonOf(`${first.replace(/:62F.*\n/, '')}:25:222\n${rest}`)).toBe('truncated');
  });

  it('refuses two accounts for one statement', async () => {
    expect(await reasonOf(`:20:M1\n:25:111\n:25:222\n${rest}`)).toBe('bad-field');
  });

  it('reads header fields behind the opening balance', async () => {
    const [one] = await readWhole(':20:M1\n:60F:C260302EUR1,\n:25:111\n:28C:7/1\n:62F:C260302EUR1,\n-\n');
    expect(one?.header).toMatchObject({ sequenceNumber: '7', account: { number: '111' } });
  });
});

describe('MT files behind a byte order mark', () => {
  const file = ':20:M1\n:25:111\n:28C:7/1\n:60F:C260302EUR1,\n:61:260302C2,NTRF\n:86:Text\n:62F:C260302EUR3,\n-\n';
  const mark = Uint8Array.of(0xef, 0xbb, 0xbf);

  it('keep their first line', async () => {
    expect(at(await readWhole(`\ufeff${file}`), 0).header.messageId).toBe('M1');
    expect(await readEvents(`\ufeff${file}`, [1, 2, 3, 4])).toEqual(await readEvents(file));
  });

  it('keep it when the line has bytes that are no UTF-8 too', async () => {
    const bytes = Buffer.concat([mark, Buffer.from(file.replace('M1', 'Kö'), 'latin1')]);
    expect(at(await readWhole(bytes), 0).header.messageId).toBe('Kö');
  });

  it('keep every statement when files were put into one', async () => {
    const statements = await readWhole(`\ufeff${file}\ufeff${file.replace('M1', 'M2')}`);
    expect(statements.map(({ header }) => header.messageId)).toEqual(['M1', 'M2']);
  });
});

describe('an MT942', () => {
  const report = (end: string, limit = '0,') =>
    `:20:R\n:25:1\n:28C:1\n:34F:EUR${limit}\n:13D:2603021130-0530\n:61:260302C2,NTRF\n${end}`;
  const flagsOf = async (file: string) => at(await readWhole(file), 0).trailer.flags;

  it('is flagged when nothing shows that it is whole', async () => {
    expect(await flagsOf(report(''))).toEqual(['END_MISSING']);
    expect(await flagsOf(report('') + report('-\n'))).toEqual(['END_MISSING']);
  });

  it.each(['-\n', ':90C:1EUR2,\n', ':90D:0EUR0,\n'])('is not flagged when it ends with %j', async (end) => {
    expect(await flagsOf(report(end))).toEqual([]);
  });

  it('says that lines are left out only when a floor limit is above zero', async () => {
    expect(at(await readWhole(report('-\n')), 0).trailer).not.toHaveProperty('entriesLeftOut');
    expect(at(await readWhole(report('-\n', '5,')), 0).trailer.entriesLeftOut).toBe(true);
  });

  it.each([
    ['2603021130-0530', '2026-03-02T11:30:00-05:30'],
    ['2603022359+1400', '2026-03-02T23:59:00+14:00'],
    ['2603021130', '2026-03-02T11:30:00'],
  ])('gives its time %s as %s', async (written, time) => {
    const [one] = await readWhole(report('-\n').replace('2603021130-0530', written));
    expect(one?.header.createdAt).toBe(time);
  });

  it.each(['today', '2602301130+0100', '2603022500+0100', '2603021130+9900'])(
    'leaves out the time %s, flagged',
    async (written) => {
      const [one] = await readWhole(report('-\n').replace('2603021130-0530', written));
      expect(one?.header.createdAt).toBeUndefined();
      expect(one?.trailer.flags).toEqual(['CREATED_AT_UNREADABLE']);
    },
  );
});

describe('amounts with groups of three in an MT file', () => {
  it('are read in entries, balances, floor limits and totals', async () => {
    const statement =
      ':20:X\n:25:1\n:60F:C260302EUR1.234,56\n:61:260302D1.234.567,8NTRF\n:62F:D260302EUR1.233.333,24\n-\n';
    const report = ':20:X\n:25:1\n:34F:EURD10.000,\n:90D:2EUR12.345.678,90\n-\n';
    const [one, two] = await readWhole(statement + report);
    expect(one?.entries.map(({ amount }) => amount)).toEqual([-123_456_780n]);
    expect(one?.trailer.balances.map(({ amount }) => amount)).toEqual([123_456n, -123_333_324n]);
    expect(two?.trailer).toMatchObject({
      floorLimits: [{ amount: 1_000_000n }],
      declaredTotals: { debits: { count: 2, total: 1_234_567_890n } },
    });
  });
});
