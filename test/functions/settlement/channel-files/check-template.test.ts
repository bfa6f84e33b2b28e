import { describe, expect, it } from 'vitest';
import { builtInTemplates } from '../../../../functions/settlement/channel-files/built-in-templates.ts';
import type { ChannelTemplate } from '../../../../functions/settlement/channel-files/channel-template.ts';
import { templateFaults } from '../../../../functions/settlement/channel-files/check-template.ts';
import { ownTemplate } from './sample-files.ts';

const pointers = (changed: Partial<ChannelTemplate>) =>
  templateFaults({ ...ownTemplate, ...changed }).map(({ path }) => path.join('/'));

const { columns, amounts, skip } = ownTemplate;
const { values: _, ...withoutValues } = ownTemplate;
const fixed = { kind: 'FIXED', widths: [3, 5], gap: 1 } as const;

describe('a template', () => {
  it('of those built in has no fault', () => {
    for (const template of builtInTemplates) expect(templateFaults(template), template.id).toEqual([]);
    expect(templateFaults(ownTemplate)).toEqual([]);
  });

  it.each<[string, Partial<ChannelTemplate>, string[]]>([
    [
      'a delimiter of two signs',
      { layout: { kind: 'DELIMITED', delimiter: '||', quotes: true } },
      ['layout/delimiter'],
    ],
    [
      'a delimiter that is a letter',
      { layout: { kind: 'DELIMITED', delimiter: 'x', quotes: true } },
      ['layout/delimiter'],
    ],
    ['a mark that parts fields', { mark: ';' }, ['mark']],
    ['lines skipped that are no count', { skip: { ...skip, first: -1, last: 1.5 } }, ['skip/first', 'skip/last']],
    ['lines skipped that begin with nothing', { skip: { ...skip, beginning: ['#', ' '] } }, ['skip/beginning/1']],
    ['place 0', { columns: { ...columns, amount: 0 } }, ['columns/amount']],
    ['a blank name among several', { columns: { ...columns, at: ['day', ' '] } }, ['columns/at/1']],
    [
      'names and no header',
      { header: false, columns: { transactionId: 1, refundNo: 2, amount: 'amount', at: 3, status: 4 } },
      ['columns/amount'],
    ],
    ['a currency that there is not', { currency: 'RMB' }, ['currency']],
    ['a date without a day', { dates: { pattern: 'yyyy-MM', zone: 'Asia/Shanghai' } }, ['dates/pattern']],
    ['a zone that there is not', { dates: { pattern: 'yyyy-MM-dd', zone: 'Asia/Peking' } }, ['dates/zone']],
    ['a value that means two things', { values: { payment: ['1'], refund: ['2'], skipped: ['1'] } }, ['values']],
    ['no value of a payment', { values: { payment: [], refund: ['2'], skipped: [] } }, ['values/payment']],
    ['commas in minor units', { amounts: { ...amounts, unit: 'MINOR', thousands: true } }, ['amounts/thousands']],
    [
      'one letter for both fees',
      { amounts: { ...amounts, fees: { kept: 'D', givenBack: 'D' } } },
      ['amounts/fees/givenBack'],
    ],
    ['totals of nothing', { totals: { kind: 'TITLED', title: 'Sum', figures: {} } }, ['totals/figures']],
    ['totals at place 0', { totals: { kind: 'ROW', first: 'Sum', figures: { paid: 0 } } }, ['totals/figures/paid']],
    [
      'totals in words that are none',
      { totals: { kind: 'TEXT', figures: [{ figure: 'paid', line: '#', after: '', before: 'x' }] } },
      ['totals/figures/0/after'],
    ],
  ])('with %s is told where', (_name, changed, faulty) => {
    expect(pointers(changed)).toEqual(faulty);
  });

  it('of fixed width has places within its widths, and neither header nor mark', () => {
    const places = { transactionId: 1, amount: 2, at: 3, refundNo: 2, status: 1 };
    expect(pointers({ layout: fixed, columns: places, mark: '`' })).toEqual(['mark', 'columns/at', 'header']);
  });

  it('tells refunds by a status, or by their sign', () => {
    const { status: _status, ...plain } = columns;
    const bySign = { ...withoutValues, columns: plain, amounts: { ...amounts, refunds: 'NEGATIVE' as const } };
    expect(templateFaults(bySign)).toEqual([]);
    expect(templateFaults({ ...bySign, amounts })).toMatchObject([{ path: ['values'] }]);
    expect(templateFaults(withoutValues)).toMatchObject([{ path: ['values'] }]);
    expect(pointers({ columns: plain })).toEqual(['values']);
  });

  it('with refunds has a column of their numbers', () => {
    const { refundNo: _refundNo, ...without } = columns;
    expect(pointers({ columns: without })).toEqual(['values/refund']);
  });
});
