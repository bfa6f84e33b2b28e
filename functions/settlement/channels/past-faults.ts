import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import type { Channel, ChannelVersion } from './channel.ts';

type Versions = Pick<Channel, 'versions'>;

/**
 * Where the next terms of a channel change those of days before `earliest`: orders that were paid then keep them. A version that
 * has begun may only get another end, on the day before or later; others begin on it or later.
 */
export function pastFaults(before: Versions, next: Versions, earliest: PlainDate): FieldFault[] {
  const last = addDays(earliest, -1);
  const past = new Map(pastOf(before, last).map((version) => [version.effectiveFrom, version]));
  const changed = next.versions.flatMap((version, place) => {
    const { effectiveFrom } = version;
    if (effectiveFrom > last) return [];
    const was = past.get(effectiveFrom);
    past.delete(effectiveFrom);
    if (was && textOf(clipped(version, last)) === textOf(was)) return [];
    const detail = was
      ? `It is in force before ${earliest} in other terms; leave it as it was, and send these as a version from then on.`
      : `Send ${earliest} or a later day; what is paid before keeps its terms.`;
    return [{ pointer: `/versions/${place}/effectiveFrom`, detail }];
  });
  const gone = [...past.keys()].map((effectiveFrom) => ({
    pointer: '/versions',
    detail: `The version from ${effectiveFrom} on is in force before ${earliest}; send it too.`,
  }));
  return [...changed, ...gone];
}

function pastOf({ versions }: Versions, last: PlainDate): ChannelVersion[] {
  return versions.filter(({ effectiveFrom }) => effectiveFrom <= last).map((one) => clipped(one, last));
}

/** As it was up to a day. */
function clipped(version: ChannelVersion, day: PlainDate): ChannelVersion {
  const { effectiveTo, ...rest } = version;
  return { ...rest, effectiveTo: effectiveTo !== undefined && effectiveTo < day ? effectiveTo : day };
}

function textOf({ fee, minimum, maximum, splitCapBasisPoints: cap, ...rest }: ChannelVersion): string {
  const amounts = Object.entries(defined({ ...fee, least: minimum, most: maximum, cap })).map(([name, minor]) => [
    name,
    `${minor}`,
  ]);
  return canonicalJson({ ...rest, amounts: Object.fromEntries(amounts) });
}
