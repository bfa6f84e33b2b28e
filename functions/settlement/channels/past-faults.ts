import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import type { Channel, ChannelVersion } from './channel.ts';

type Versions = Pick<Channel, 'versions'>;

/**
 * Where the next terms of a channel change those of days before `today`: orders that were paid then keep them. A version that
 * has begun may only get another end, on the day before today or later; others begin today or later.
 */
export function pastFaults(before: Versions, next: Versions, today: PlainDate): FieldFault[] {
  const yesterday = addDays(today, -1);
  const past = new Map(pastOf(before, yesterday).map((version) => [version.effectiveFrom, version]));
  const changed = next.versions.flatMap((version, place) => {
    const { effectiveFrom } = version;
    if (effectiveFrom > yesterday) return [];
    const was = past.get(effectiveFrom);
    past.delete(effectiveFrom);
    if (was && textOf(clipped(version, yesterday)) === textOf(was)) return [];
    const detail = was
      ? `It was in force before ${today} in other terms; leave it as it was, and send these as a version from then on.`
      : `Send ${today} or a later day; what was paid before keeps its terms.`;
    return [{ pointer: `/versions/${place}/effectiveFrom`, detail }];
  });
  const gone = [...past.keys()].map((effectiveFrom) => ({
    pointer: '/versions',
    detail: `The version from ${effectiveFrom} on was in force before ${today}; send it too.`,
  }));
  return [...changed, ...gone];
}

function pastOf({ versions }: Versions, yesterday: PlainDate): ChannelVersion[] {
  return versions.filter(({ effectiveFrom }) => effectiveFrom <= yesterday).map((one) => clipped(one, yesterday));
}

/** As it was up to a day. */
function clipped(version: ChannelVersion, day: PlainDate): ChannelVersion {
  const { effectiveTo, ...rest } = version;
  return { ...rest, effectiveTo: effectiveTo !== undefined && effectiveTo < day ? effectiveTo : day };
}

function textOf({ fee, minimum, maximum, ...rest }: ChannelVersion): string {
  const amounts = Object.entries(defined({ ...fee, least: minimum, most: maximum })).map(([name, minor]) => [
    name,
    `${minor}`,
  ]);
  return canonicalJson({ ...rest, amounts: Object.fromEntries(amounts) });
}
