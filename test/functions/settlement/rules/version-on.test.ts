import { describe, expect, it } from 'vitest';
import { lastDayOf, versionOn } from '../../../../functions/settlement/rules/version-on.ts';

const dated = (version: number, effectiveFrom: string, effectiveTo?: string) => ({
  version,
  effectiveFrom,
  ...(effectiveTo !== undefined && { effectiveTo }),
});
const on = (versions: readonly ReturnType<typeof dated>[], date: string) => versionOn(versions, date)?.version;

describe('the versions of a split rule', () => {
  it('are in force from their first day on, until another takes over', () => {
    const versions = [dated(1, '2025-09-01'), dated(2, '2025-10-01')];
    expect(on(versions, '2025-08-31')).toBeUndefined();
    expect(on(versions, '2025-09-01')).toBe(1);
    expect(on(versions, '2025-09-30')).toBe(1);
    expect(on(versions, '2025-10-01')).toBe(2);
    expect(versions.map((one) => lastDayOf(one, versions))).toEqual(['2025-09-30', undefined]);
  });

  it('end on their last day, and then none is in force, not even an earlier one', () => {
    const versions = [dated(1, '2025-09-01'), dated(2, '2025-10-01', '2025-10-31')];
    expect(on(versions, '2025-10-31')).toBe(2);
    expect(on(versions, '2025-11-01')).toBeUndefined();
  });

  it('are never in force where a later one begins first', () => {
    const versions = [dated(1, '2025-09-01'), dated(2, '2025-12-01'), dated(3, '2025-10-01')];
    expect(on(versions, '2025-11-30')).toBe(3);
    expect(on(versions, '2025-12-01')).toBe(3);
    expect(versions.map((one) => lastDayOf(one, versions))).toEqual(['2025-09-30', '2025-09-30', undefined]);
  });

  it('keep their own end where it comes first', () => {
    const versions = [dated(1, '2025-09-01', '2025-09-10'), dated(2, '2025-10-01')];
    expect(lastDayOf(versions[0] ?? dated(0, ''), versions)).toBe('2025-09-10');
    expect(on(versions, '2025-09-11')).toBeUndefined();
  });
});
