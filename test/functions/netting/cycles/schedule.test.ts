import { describe, expect, it } from 'vitest';
import { cycleIdOf, cycleOfId } from '../../../../functions/netting/cycles/cycle.ts';
import { type CutOffDays, cutOffDateFrom, cycleTimes } from '../../../../functions/netting/cycles/schedule.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';
import { facts } from '../intake-samples.ts';

const friday: CutOffDays = { kind: 'WEEKLY', dayOfWeek: 5 };
const monthEnd: CutOffDays = { kind: 'MONTHLY', dayOfMonth: 31 };

describe('the cut-off date on a day or later', () => {
  it.each<[string, CutOffDays, string, string]>([
    ['is the day itself where it is worked', { kind: 'DAILY' }, '2025-09-26', '2025-09-26'],
    ['is a make-up Sunday too', { kind: 'DAILY' }, '2025-09-28', '2025-09-28'],
    ['is behind the holidays', { kind: 'DAILY' }, '2025-10-01', '2025-10-09'],
    ['is the Friday of the week', friday, '2025-09-22', '2025-09-26'],
    ['is the Friday itself', friday, '2025-09-26', '2025-09-26'],
    ['is put off behind the holidays, with the Friday before it', friday, '2025-09-27', '2025-10-09'],
    ['was put off to a day that is still to come', friday, '2025-10-08', '2025-10-09'],
    ['is the Friday behind one that was put off', friday, '2025-10-10', '2025-10-10'],
    ['is the last day of a short month', monthEnd, '2025-09-02', '2025-09-30'],
    ['is that of the month before where it was put off to this day', monthEnd, '2025-09-01', '2025-09-01'],
    ['is the last of February', monthEnd, '2024-02-01', '2024-02-29'],
    ['is behind the Dragon Boat holidays where the month ends in them', monthEnd, '2025-05-31', '2025-06-03'],
    ['is that day for the holidays too', monthEnd, '2025-06-02', '2025-06-03'],
  ])('%s', (_, days, date, expected) => {
    expect(cutOffDateFrom(days, chinaStateCouncil, date)).toBe(expected);
  });

  it('is not guessed beyond the calendar', () => {
    const { to } = chinaStateCouncil.coverage;
    const beyond = `${Number(to.slice(0, 4)) + 1}-01-05`;
    expect(() => cutOffDateFrom({ kind: 'DAILY' }, chinaStateCouncil, beyond)).toThrow(/not published/);
  });
});

describe('a cycle', () => {
  it('is cut off, confirmed and paid by the clock of its centre and working days', () => {
    // Tuesday the 30th; the next working day is the 9th of October, and the second the 10th.
    expect(cycleTimes(facts.schedule, chinaStateCouncil, '2025-09-30')).toEqual({
      cutOffAt: '2025-09-30T09:00:00.000Z',
      confirmUntil: '2025-10-09T04:00:00.000Z',
      valueDate: '2025-10-10',
    });
  });

  it('without confirmation ends with its cut-off', () => {
    const { confirmation: _, ...schedule } = facts.schedule;
    const { cutOffAt, confirmUntil } = cycleTimes(schedule, chinaStateCouncil, '2025-09-30');
    expect(confirmUntil).toBe(cutOffAt);
  });

  it('has an id that tells centre and date, whatever the centre is called', () => {
    for (const centreId of ['ctr_group', 'ctr_a_2025-01-01', 'ctr__']) {
      const id = cycleIdOf(centreId, '2026-03-31');
      expect(cycleOfId(id)).toEqual({ centreId, cutOffDate: '2026-03-31' });
    }
    expect(cycleIdOf('ctr_group', '2026-03-31')).toBe('cyc_group_2026-03-31');
  });
});
