import { describe, expect, it } from 'vitest';
import type { ChannelVersion } from '../../../../functions/settlement/channels/channel.ts';
import { pastFaults } from '../../../../functions/settlement/channels/past-faults.ts';

const version = (effectiveFrom: string, effectiveTo?: string, basisPoints = 60n): ChannelVersion => ({
  effectiveFrom,
  ...(effectiveTo !== undefined && { effectiveTo }),
  fee: { basisPoints, fixed: 0n },
  feeRefundable: false,
});
const earliest = '2025-10-01';
const placesOf = (before: readonly ChannelVersion[], next: readonly ChannelVersion[]) =>
  pastFaults({ versions: before }, { versions: next }, earliest).map(({ pointer }) => pointer);

describe('the terms of a channel on days that are past', () => {
  const open = [version('2025-01-01')];

  it('stay where new ones begin on the first open day or later', () => {
    expect(placesOf(open, [version('2025-01-01', '2025-09-30'), version('2025-10-01', undefined, 55n)])).toEqual([]);
    expect(placesOf(open, [version('2025-01-01', '2025-12-31'), version('2026-01-01')])).toEqual([]);
    expect(placesOf(open, open)).toEqual([]);
  });

  it.each<[string, ChannelVersion[], string[]]>([
    ['ended before yesterday', [version('2025-01-01', '2025-09-29')], ['/versions/0/effectiveFrom']],
    ['with another fee', [version('2025-01-01', undefined, 61n)], ['/versions/0/effectiveFrom']],
    [
      'with another split cap',
      [{ ...version('2025-01-01'), splitCapBasisPoints: 3_000n }],
      ['/versions/0/effectiveFrom'],
    ],
    ['begun earlier', [version('2024-12-31')], ['/versions/0/effectiveFrom', '/versions']],
    ['left out', [version('2025-10-01')], ['/versions']],
    [
      'cut by others',
      [version('2025-01-01', '2025-09-29'), version('2025-09-30')],
      ['/versions/0/effectiveFrom', '/versions/1/effectiveFrom'],
    ],
  ])('do not change: %s', (_, next, places) => {
    expect(placesOf(open, next)).toEqual(places);
  });

  it('that ended stay ended', () => {
    const ended = [version('2025-01-01', '2025-08-31')];
    expect(placesOf(ended, [version('2025-01-01', '2025-09-01')])).toEqual(['/versions/0/effectiveFrom']);
    expect(placesOf(ended, [...ended, version('2025-10-01')])).toEqual([]);
  });

  it('of days to come may change as a whole', () => {
    expect(placesOf([...open.slice(1), version('2026-01-01')], [version('2025-10-02')])).toEqual([]);
  });
});
