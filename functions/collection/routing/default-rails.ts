import { calendars } from '../../../shared/calendar/calendars.ts';
import { chinaStateCouncil } from '../../../shared/calendar/china-state-council.ts';
import { target } from '../../../shared/calendar/target.ts';
import type { Calendars } from './openings.ts';
import type { Rail, Tariff } from './rail.ts';

/** The calendars that rails may name. */
export const railCalendars: Calendars = calendars;

/**
 * Bank types of CNAPS that many banks share: city commercial banks, rural commercial and cooperative banks, village banks,
 * urban and rural credit unions.
 */
export const sharedBankTypes: readonly string[] = ['313', '314', '317', '320', '401', '402'];

const free: Tariff = { bands: [], above: { millionths: 0 } };

/** What a bank in China commonly takes for a corporate transfer, in fen: steps, then 0.002 % up to 200.00. */
const corporateTransfer: Tariff = {
  bands: [
    { upTo: 1_000_000n, fee: 5_00n },
    { upTo: 10_000_000n, fee: 10_00n },
    { upTo: 50_000_000n, fee: 15_00n },
    { upTo: 100_000_000n, fee: 20_00n },
  ],
  above: { millionths: 20, cap: 200_00n },
  urgent: { percent: 20, cap: 200_00n },
};

/** Of BEPS and IBPS, since the notice of January 2020 that lifted it for a holiday only: 1,000,000.00. */
const itemLimit = 100_000_000n;

/** HVPS opens since 2018-05-02 in the evening before. */
const china = {
  currency: 'CNY',
  directions: ['COLLECT', 'PAY'],
  effectiveFrom: '2018-05-02',
  zone: 'Asia/Shanghai',
  hours: { type: 'ALWAYS' },
  banks: { same: 'ANY' },
} as const;

/**
 * What a tenant routes over until it configures rails of its own: the systems of the People's Bank, a book transfer, and
 * direct debits and transfers in a SEPA file. Fees, success and duration are common figures to begin with; a bank's own are
 * put in their place. 银联 and 网联 have no common terms and are not among them.
 */
export const defaultRails: readonly Rail[] = [
  {
    ...china,
    id: 'BOOK',
    kind: 'BOOK',
    tariff: free,
    successMillionths: 999_900,
    usualMinutes: 0,
    banks: { same: 'CNAPS_TYPE', sharedTypes: sharedBankTypes },
  },
  {
    ...china,
    id: 'BEPS',
    kind: 'BEPS',
    maximum: itemLimit,
    tariff: corporateTransfer,
    successMillionths: 995_000,
    usualMinutes: 30,
  },
  {
    ...china,
    id: 'IBPS',
    kind: 'IBPS',
    maximum: itemLimit,
    tariff: corporateTransfer,
    successMillionths: 990_000,
    usualMinutes: 1,
  },
  {
    // HVPS carries credits only: a collection over it is sent by the payer's bank, which the mandate authorises to.
    ...china,
    id: 'HVPS',
    kind: 'HVPS',
    hours: {
      type: 'SESSION',
      calendar: chinaStateCouncil.name,
      opensOn: 'DAY_BEFORE',
      opens: '20:30',
      closes: '17:15',
    },
    tariff: corporateTransfer,
    successMillionths: 999_000,
    usualMinutes: 5,
  },
  {
    id: 'SEPA_FILE',
    kind: 'FILE',
    currency: 'EUR',
    directions: ['COLLECT', 'PAY'],
    effectiveFrom: '2018-05-02',
    // The most that the SEPA schemes carry in one item.
    maximum: 99_999_999_999n,
    zone: 'Europe/Berlin',
    hours: {
      type: 'CUT_OFFS',
      calendar: target.name,
      cutOffs: ['10:00', '16:00'],
      leadDays: 1,
      settlesAt: '09:00',
    },
    tariff: { bands: [], above: { millionths: 0, floor: 20n } },
    successMillionths: 990_000,
    usualMinutes: 60,
    banks: { same: 'ANY' },
  },
];
