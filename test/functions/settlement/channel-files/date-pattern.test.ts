import { describe, expect, it } from 'vitest';
import { datePattern, datePatternFault } from '../../../../functions/settlement/channel-files/date-pattern.ts';

describe('a pattern of dates', () => {
  it.each([
    ['yyyy-MM-dd HH:mm:ss', '2026-03-02 08:05:09', '2026-03-02', '08:05:09'],
    ['yyyyMMddHHmmss', '20260302080509', '2026-03-02', '08:05:09'],
    ['yyyy年MM月dd日', '2026年03月02日', '2026-03-02', '00:00:00'],
    ['dd.MM.yyyy HH:mm', '02.03.2026 08:05', '2026-03-02', '08:05:00'],
    ['yyyy-MM-ddTHH:mm:ss', '2026-03-02T08:05:09', '2026-03-02', '08:05:09'],
  ])('%s reads %s and writes it again', (pattern, text, date, time) => {
    const { read, write } = datePattern(pattern);
    expect(read(text, '2026-03-02')).toEqual({ date, time });
    expect(write({ date, time })).toBe(text);
  });

  it.each([
    '2026-02-29 00:00:00',
    '2026-13-01 00:00:00',
    '2026-03-02 24:00:00',
    '2026-03-02 10:60:00',
    '2026-03-02',
    ' 2026-03-02 10:00:00',
  ])('reads no moment of %j', (text) => {
    expect(datePattern('yyyy-MM-dd HH:mm:ss').read(text, '2026-03-02')).toBeUndefined();
  });

  it.each([
    ['0302', '2026-03-02', '2026-03-02'],
    ['1231', '2027-01-01', '2026-12-31'],
    ['0101', '2026-12-31', '2027-01-01'],
    ['0229', '2027-03-01', '2028-02-29'],
  ])('without a year takes the nearest: %s near %s is %s', (text, near, date) => {
    expect(datePattern('MMdd').read(text, near)?.date).toBe(date);
  });

  it.each([
    '',
    'yyyy-MM',
    'yy-MM-dd',
    'yyyy-MM-dd HH',
    'yyyy-MM-dd ss',
    'MM-MM-dd',
    'yyyy-MM-dd hh:mm',
    'x'.repeat(41),
  ])('%j can be read by nobody', (pattern) => {
    expect(datePatternFault(pattern)).toMatch(/^Send /);
    expect(() => datePattern(pattern)).toThrow(RangeError);
  });
});
