import { describe, expect, test } from 'vitest';
import type { Channel, ChannelFee, ChannelVersion } from '../../../../functions/settlement/channels/channel.ts';
import { payMethodCodes } from '../../../../functions/settlement/channels/channel.ts';
import { channelFaults } from '../../../../functions/settlement/channels/check-channel.ts';
import { defaultChannels } from '../../../../functions/settlement/channels/default-channels.ts';
import { channelOf, versionOf } from './samples.ts';

const placesOf = (channel: Channel) => channelFaults(channel).map(({ pointer }) => pointer);
const withVersion = (more: Partial<ChannelVersion>) => channelOf({ versions: [versionOf('2026-01-01', more)] });
const withFee = (more: Partial<ChannelFee>) => withVersion({ fee: { basisPoints: 60n, fixed: 0n, ...more } });

describe('the common channels', () => {
  test('have no fault', () => {
    expect(defaultChannels.flatMap((channel) => channelFaults(channel))).toEqual([]);
  });

  test('take every pay method among them', () => {
    const taken = new Set(defaultChannels.flatMap(({ payMethods }) => payMethods));
    expect([...taken].map((method) => payMethodCodes[method]).sort()).toEqual([
      '01',
      '02',
      '03',
      '05',
      '06',
      '07',
      '08',
      '09',
      '11',
      '12',
      '13',
      '14',
      '15',
    ]);
  });
});

describe('a channel has a fault', () => {
  test.each<[string, Channel, string[]]>([
    ['with a split cap of nothing', withVersion({ splitCapBasisPoints: 0n }), ['/versions/0/splitCapBasisPoints']],
    ['in a currency that there is not', channelOf({ currency: 'RMB' }), ['/currency']],
    ['without a pay method', channelOf({ payMethods: [] }), ['/payMethods']],
    ['with a pay method twice', channelOf({ payMethods: ['SCANNED', 'MOBILE_H5', 'SCANNED'] }), ['/payMethods/2']],
    ['without a version', channelOf({ versions: [] }), ['/versions']],
    ['that is paid offline and does not say so', channelOf({ payMethods: ['SCANNED', 'OFFLINE'] }), ['/payMethods/1']],
    ['that is called back of slips', channelOf({ told: 'SLIP' }), ['/told']],
    [
      'whose consumers pay offline and are told by callback',
      channelOf({ kind: 'OFFLINE', payMethods: ['OFFLINE'] }),
      ['/told'],
    ],
    [
      'offline that is scanned',
      channelOf({ kind: 'OFFLINE', told: 'SLIP', payMethods: ['OFFLINE', 'SCANNED'] }),
      ['/payMethods/1'],
    ],
    ['that begins on no day', channelOf({ versions: [versionOf('2026-02-30')] }), ['/versions/0/effectiveFrom']],
    ['that ends on no day', withVersion({ effectiveTo: '2026-02-30' }), ['/versions/0/effectiveTo']],
    ['that ends before it begins', withVersion({ effectiveTo: '2025-12-31' }), ['/versions/0/effectiveTo']],
    ['not that ends on its first day', withVersion({ effectiveTo: '2026-01-01' }), []],
    ['that takes more than all', withFee({ basisPoints: 10_001n }), ['/versions/0/fee/basisPoints']],
    ['not that takes all', withFee({ basisPoints: 10_000n }), []],
    [
      'that pays instead of taking',
      withFee({ basisPoints: -1n, fixed: -1n }),
      ['/versions/0/fee/basisPoints', '/versions/0/fee/fixed'],
    ],
    ['whose fee has a maximum below its minimum', withFee({ minimum: 2n, maximum: 1n }), ['/versions/0/fee/maximum']],
    ['not whose fee is bounded to one amount', withFee({ minimum: 2n, maximum: 2n }), []],
    ['whose limits leave no payment', withVersion({ minimum: 2n, maximum: 1n }), ['/versions/0/maximum']],
    ['whose minimum is negative', withVersion({ minimum: -1n }), ['/versions/0/minimum']],
    ['whose window is negative', withVersion({ refundDays: -1 }), ['/versions/0/refundDays']],
    ['whose window is no whole number', withVersion({ splitDays: 1.5 }), ['/versions/0/splitDays']],
    ['whose window is longer than ten years', withVersion({ clawBackDays: 3_651 }), ['/versions/0/clawBackDays']],
    ['not whose windows are at their ends', withVersion({ refundDays: 0, splitDays: 180, clawBackDays: 3_650 }), []],
  ])('%s', (_, channel, places) => {
    expect(placesOf(channel)).toEqual(places);
  });
});

describe('versions of a channel', () => {
  const of = (...versions: ChannelVersion[]) => placesOf(channelOf({ versions }));

  test('may follow each other, with days between them or without, in any order', () => {
    const years = [
      versionOf('2026-01-01'),
      versionOf('2025-01-01', { effectiveTo: '2025-12-31' }),
      versionOf('2024-01-01', { effectiveTo: '2024-06-30' }),
    ];
    expect(of(...years)).toEqual([]);
  });

  test.each([
    [
      'one day',
      [versionOf('2025-01-01', { effectiveTo: '2026-01-01' }), versionOf('2026-01-01')],
      '/versions/1/effectiveFrom',
    ],
    ['for ever, told out of order', [versionOf('2026-01-01'), versionOf('2025-01-01')], '/versions/0/effectiveFrom'],
    ['the same first day', [versionOf('2026-01-01'), versionOf('2026-01-01')], '/versions/1/effectiveFrom'],
  ])('may not overlap: %s', (_, versions, place) => {
    expect(of(...versions)).toEqual([place]);
  });

  test('say how to mend it', () => {
    const versions = [versionOf('2025-01-01'), versionOf('2026-01-01')];
    expect(channelFaults(channelOf({ versions }), '/channels/0')).toEqual([
      {
        pointer: '/channels/0/versions/1/effectiveFrom',
        detail: '/channels/0/versions/0 is in force then too: let it end before 2026-01-01, or begin later.',
      },
    ]);
  });
});
