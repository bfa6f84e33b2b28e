import { railCalendars } from '../../../../functions/collection/routing/default-rails.ts';
import {
  quoteRoutes,
  type RailSituation,
  type RouteRequest,
} from '../../../../functions/collection/routing/quote-routes.ts';
import type { CutOffs, Outage, Rail, Session } from '../../../../functions/collection/routing/rail.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';

/** An instant told by a clock in Shanghai: '2025-10-04 10:00', seconds if need be. */
export function shanghai(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}+08:00`);
}

/** The same told back, to the minute. */
export function inShanghai(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Minor units of a text such as '1,000,000.01', two decimals. */
export function fen(text: string): bigint {
  return BigInt(text.replace(/[,.]/g, ''));
}

export const hvpsHours: Session = {
  type: 'SESSION',
  calendar: 'CN_STATE_COUNCIL',
  opensOn: 'DAY_BEFORE',
  opens: '20:30',
  closes: '17:15',
};

export const sepaHours: CutOffs = {
  type: 'CUT_OFFS',
  calendar: 'TARGET',
  cutOffs: ['10:00', '16:00'],
  leadDays: 1,
  settlesAt: '09:00',
};

/** A rail that takes anything in yuan at once for 5.00. */
export function railOf(id: string, terms: Partial<Rail> = {}): Rail {
  return {
    id,
    kind: 'IBPS',
    currency: 'CNY',
    directions: ['COLLECT', 'PAY'],
    effectiveFrom: '2020-01-01',
    zone: 'Asia/Shanghai',
    hours: { type: 'ALWAYS' },
    tariff: { bands: [], above: { millionths: 0, floor: 5_00n } },
    successMillionths: 990_000,
    usualMinutes: 1,
    banks: { same: 'ANY' },
    ...terms,
  };
}

/** Banks by codes that are in use: 建设银行 and 工商银行. */
export const ccb = { cnaps: '105100000017' };
export const icbc = { cnaps: '102100099996' };

export const collect: RouteRequest = {
  at: shanghai('2025-10-15 10:00'),
  direction: 'COLLECT',
  minor: fen('1,000.00'),
  currency: 'CNY',
  urgent: false,
  payerBank: icbc,
  payeeBank: ccb,
  policy: 'BALANCED',
};

export function quote(rails: readonly Rail[], request: Partial<RouteRequest> = {}, more: Partial<RailSituation> = {}) {
  return quoteRoutes({ ...collect, ...request }, { rails, outages: [], calendars: railCalendars, ...more });
}

/** Ids of the routes, the best first. */
export function ranked(rails: readonly Rail[], request: Partial<RouteRequest> = {}, more: Partial<RailSituation> = {}) {
  return quote(rails, request, more).routes.map(({ candidate }) => candidate.rail.id);
}

/** Every refused rail with its reason. */
export function refusedOf(
  rails: readonly Rail[],
  request: Partial<RouteRequest> = {},
  outages: readonly Outage[] = [],
) {
  const { refused } = quote(rails, request, { outages });
  return Object.fromEntries(refused.map(({ railId, refusal }) => [railId, refusal]));
}

/** Minute by minute in Shanghai, eight hours ahead of UTC: is it within the session of this day, or of the next? */
export function walkToSession(from: Date, { opensOn, opens, closes }: typeof hvpsHours): [Date, string] {
  for (let at = from; ; at = new Date(at.getTime() + 60_000)) {
    const [date = '', time = ''] = inShanghai(at).split(' ');
    const [tomorrow = ''] = inShanghai(new Date(at.getTime() + 86_400_000)).split(' ');
    const hasBegun = opensOn === 'DAY_BEFORE' || time >= opens;
    if (hasBegun && time <= closes && chinaStateCouncil.isWorkingDay(date)) return [at, date];
    if (opensOn === 'DAY_BEFORE' && time >= opens && chinaStateCouncil.isWorkingDay(tomorrow)) return [at, tomorrow];
  }
}
