import { isZone } from '../../../shared/calendar/local-time.ts';
import { addDays } from '../../../shared/calendar/plain-date.ts';
import { type Fault, under, when } from '../../../shared/problems/located-faults.ts';
import type { Calendars } from './openings.ts';
import type { BankRequirement, CutOffs, Hours, Outage, Rail, Session, Tariff } from './rail.ts';

/** Everything by which rails contradict themselves or each other; nothing where they can be used. */
export function railFaults(rails: readonly Rail[], calendars: Calendars): Fault[] {
  return [...rails.flatMap((rail, index) => under([index], oneFaults(rail, calendars))), ...versionFaults(rails)];
}

/** What is wrong with outages. */
export function outageFaults(outages: readonly Pick<Outage, 'from' | 'to'>[]): Fault[] {
  return outages.flatMap(({ from, to }, index) =>
    to !== undefined && to <= from
      ? [
          {
            path: [index, 'to'],
            detail: `Send an instant after ${from.toISOString()}, when it begins; or leave it out.`,
          },
        ]
      : [],
  );
}

function oneFaults(rail: Rail, calendars: Calendars): Fault[] {
  const { effectiveFrom, expiresOn, minimum, maximum } = rail;
  return [
    ...when(
      expiresOn !== undefined && expiresOn < effectiveFrom,
      ['expiresOn'],
      `Send ${effectiveFrom} or a later day.`,
    ),
    ...when(
      minimum !== undefined && maximum !== undefined && maximum < minimum,
      ['maximum'],
      'Send the minimum or more; else no item fits.',
    ),
    ...when(!isZone(rail.zone), ['zone'], 'Send a zone of the IANA database, such as Asia/Shanghai.'),
    ...under(['hours'], hoursFaults(rail.hours, calendars)),
    ...under(['tariff'], tariffFaults(rail.tariff)),
    ...under(['banks'], bankFaults(rail.banks)),
  ];
}

function hoursFaults(hours: Hours, calendars: Calendars): Fault[] {
  if (hours.type === 'ALWAYS') return [];
  const known = [...calendars.keys()].join(', ');
  const calendar = when(!calendars.has(hours.calendar), ['calendar'], `Name a calendar that there is: ${known}.`);
  return [...calendar, ...(hours.type === 'SESSION' ? sessionFaults(hours) : cutOffFaults(hours))];
}

function sessionFaults({ opensOn, opens, closes }: Session): Fault[] {
  if (opensOn === 'SAME_DAY') return when(opens >= closes, ['closes'], `Send a time after ${opens}, when it opens.`);
  return when(
    opens <= closes,
    ['opens'],
    `Send a time after ${closes}; else it opens before the day before has closed.`,
  );
}

function cutOffFaults({ cutOffs }: CutOffs): Fault[] {
  return cutOffs.flatMap((time, index) => {
    const before = cutOffs[index - 1];
    return when(
      before !== undefined && time <= before,
      ['cutOffs', index],
      `Send a time after ${before}; times ascend.`,
    );
  });
}

function tariffFaults({ bands, above }: Tariff): Fault[] {
  const { floor, cap } = above;
  return [
    ...bands.flatMap(({ upTo }, index) => {
      const before = bands[index - 1];
      const ascends = before === undefined || upTo > before.upTo;
      return when(!ascends, ['bands', index, 'upTo'], `Send more than in band ${index - 1}; bands ascend.`);
    }),
    ...when(floor !== undefined && cap !== undefined && cap < floor, ['above', 'cap'], 'Send the floor or more.'),
  ];
}

function bankFaults(banks: BankRequirement): Fault[] {
  const both = banks.same === 'ANY' && banks.only !== undefined && banks.except !== undefined;
  return when(both, ['except'], 'Send only or except; a bank that is not in only is left out already.');
}

/** The versions of one rail are the same rail, and on each day at most one is in force. */
function versionFaults(rails: readonly Rail[]): Fault[] {
  const places = Map.groupBy(rails.entries(), ([, { id }]) => id);
  return [...places.values()].flatMap((versions) => {
    const inOrder = versions.toSorted(([, one], [, other]) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
    return inOrder.slice(1).flatMap(([index, rail], before) => {
      const earlier = inOrder[before];
      return earlier ? under([index], pairFaults(rail, earlier)) : [];
    });
  });
}

function pairFaults(rail: Rail, [place, earlier]: [number, Rail]): Fault[] {
  const overlaps = earlier.expiresOn === undefined || earlier.expiresOn >= rail.effectiveFrom;
  const dayBefore = addDays(rail.effectiveFrom, -1);
  const mend = `rails/${place} is a version of ${rail.id} too: let it expire on ${dayBefore} or earlier, or begin later.`;
  const changed = (['kind', 'currency', 'zone'] as const).filter((field) => rail[field] !== earlier[field]);
  return [
    ...when(overlaps, ['effectiveFrom'], mend),
    ...changed.map((field) => ({
      path: [field],
      detail: `rails/${place} is a version of ${rail.id} with ${earlier[field]}; another one is another rail with its own id.`,
    })),
  ];
}
