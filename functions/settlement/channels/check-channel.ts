import { isPlainDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { isCurrency } from '../../../shared/money/currency.ts';
import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import type { Channel, ChannelFee, ChannelVersion } from './channel.ts';

/** The longest window; beyond it, leave the window out. */
export const windowDaysMax = 3_650;

/** Everything by which a channel contradicts itself; nothing where it can be used. Pointers begin at `at`. */
export function channelFaults(channel: Channel, at = ''): FieldFault[] {
  const { currency, versions } = channel;
  return [
    ...when(!isCurrency(currency), `${at}/currency`, 'Send a currency of ISO 4217, such as CNY.'),
    ...methodFaults(channel, at),
    ...when(versions.length === 0, `${at}/versions`, 'Send at least one version; without one nothing can be paid.'),
    ...versions.flatMap((version, index) => versionFaults(version, `${at}/versions/${index}`)),
    ...overlapFaults(versions, `${at}/versions`),
  ];
}

function methodFaults({ kind, told, payMethods }: Channel, at: string): FieldFault[] {
  const isOffline = kind === 'OFFLINE';
  const slip = isOffline
    ? 'Send SLIP; nobody calls back of what is paid offline.'
    : 'Send CALLBACK; only what is paid offline has a slip.';
  return [
    ...when((told === 'SLIP') !== isOffline, `${at}/told`, slip),
    ...when(payMethods.length === 0, `${at}/payMethods`, 'Name at least one pay method.'),
    ...payMethods.flatMap((method, index) => [
      ...when(payMethods.indexOf(method) < index, `${at}/payMethods/${index}`, `Name ${method} once.`),
      ...when(
        (method === 'OFFLINE') !== isOffline,
        `${at}/payMethods/${index}`,
        'OFFLINE is the pay method of channels of kind OFFLINE, and their only one.',
      ),
    ]),
  ];
}

function versionFaults(version: ChannelVersion, at: string): FieldFault[] {
  const { effectiveFrom, effectiveTo, minimum, maximum, fee, splitCapBasisPoints: cap } = version;
  const isCap = cap === undefined || (cap > 0n && cap <= BASIS_POINTS_ONE);
  const isOver = effectiveTo !== undefined && effectiveTo < effectiveFrom;
  return [
    ...dayFaults(effectiveFrom, `${at}/effectiveFrom`),
    ...dayFaults(effectiveTo, `${at}/effectiveTo`),
    ...when(isOver, `${at}/effectiveTo`, `Send ${effectiveFrom}, its first day, or a later one.`),
    ...feeFaults(fee, `${at}/fee`),
    ...(['refundDays', 'splitDays', 'clawBackDays'] as const).flatMap((field) =>
      windowFaults(version[field], `${at}/${field}`),
    ),
    ...when(!isCap, `${at}/splitCapBasisPoints`, `Send 1 to ${BASIS_POINTS_ONE}; leave it out where there is no cap.`),
    ...boundFaults(minimum, maximum, at, 'no payment fits'),
  ];
}

function feeFaults({ basisPoints, fixed, minimum, maximum }: ChannelFee, at: string): FieldFault[] {
  const isRatio = basisPoints >= 0n && basisPoints <= BASIS_POINTS_ONE;
  return [
    ...when(!isRatio, `${at}/basisPoints`, `Send 0 to ${BASIS_POINTS_ONE}; 60 is 0.6 %.`),
    ...when(fixed < 0n, `${at}/fixed`, 'Send zero or more.'),
    ...boundFaults(minimum, maximum, at, 'no fee fits'),
  ];
}

function boundFaults(
  minimum: bigint | undefined,
  maximum: bigint | undefined,
  at: string,
  otherwise: string,
): FieldFault[] {
  const isBelow = minimum !== undefined && maximum !== undefined && maximum < minimum;
  return [
    ...when(minimum !== undefined && minimum < 0n, `${at}/minimum`, 'Send zero or more.'),
    ...when(maximum !== undefined && maximum < 0n, `${at}/maximum`, 'Send zero or more.'),
    ...when(isBelow, `${at}/maximum`, `Send the minimum or more; else ${otherwise}.`),
  ];
}

function windowFaults(days: number | undefined, at: string): FieldFault[] {
  const isCount = days === undefined || (Number.isInteger(days) && days >= 0 && days <= windowDaysMax);
  return when(
    !isCount,
    at,
    `Send a whole number of days, 0 to ${windowDaysMax}; leave it out where there is no bound.`,
  );
}

function dayFaults(day: PlainDate | undefined, at: string): FieldFault[] {
  return when(day !== undefined && !isPlainDate(day), at, 'Send a day that exists, written YYYY-MM-DD.');
}

/** The later of two versions that meet is told, with the day before which the earlier has to end. */
function overlapFaults(versions: readonly ChannelVersion[], at: string): FieldFault[] {
  const inOrder = [...versions.entries()]
    .filter(([, { effectiveFrom }]) => isPlainDate(effectiveFrom))
    .sort(([, one], [, other]) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  return inOrder.slice(1).flatMap(([index, { effectiveFrom }], before) => {
    const [place, earlier] = inOrder[before] ?? [];
    const overlaps = earlier !== undefined && (earlier.effectiveTo ?? effectiveFrom) >= effectiveFrom;
    const mend = `${at}/${place} is in force then too: let it end before ${effectiveFrom}, or begin later.`;
    return when(overlaps, `${at}/${index}/effectiveFrom`, mend);
  });
}

function when(isFault: boolean, pointer: string, detail: string): FieldFault[] {
  return isFault ? [{ pointer, detail }] : [];
}
