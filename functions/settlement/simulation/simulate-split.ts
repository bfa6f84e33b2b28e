import { CalendarNotPublishedError } from '../../../shared/calendar/calendar.ts';
import { calendars } from '../../../shared/calendar/calendars.ts';
import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { general } from '../../../shared/problems/general.ts';
import { dueDate } from '../clearing/due-date.ts';
import type { Market } from '../markets/market.ts';
import { problems } from '../problems.ts';
import type { RuleVersion, StoredRule } from '../rules/stored-rule.ts';
import { versionOn } from '../rules/version-on.ts';
import { presentLeg } from '../splits/leg-shapes.ts';
import { splitRefused } from '../splits/split-refused.ts';
import { type SubOrderSplit, splitSubOrders } from '../splits/split-sub-orders.ts';
import { type FundedSubOrder, fundSubOrders } from './fund-sub-orders.ts';
import { foreignAmounts, type SimulationRequest } from './simulation-shapes.ts';

/**
 * How an order would be split by a rule: each leg with how it comes about and when it is due. Nothing is written.
 *
 * @throws Problem `settlement/split-rule-not-in-force`, `settlement/split-rule-not-found` of a version that there is not,
 * `settlement/split-refused` with the figures, `settlement/calendar-not-published`, `request/malformed` for amounts of
 * another currency and coupons that cannot be used.
 */
export function simulateSplit({ head, versions }: StoredRule, market: Market, asked: SimulationRequest) {
  const { currency } = head;
  const foreign = foreignAmounts(asked, currency);
  if (foreign.length > 0) throw general.malformed.with({ detail: foreign[0]?.detail ?? '' }).at(...foreign);
  const businessDate = businessDateOf(new Date(asked.paidAt), market.zone);
  const version = chosenVersion(head.id, versions, asked.version, businessDate);
  const subOrders = fundSubOrders(asked, currency);
  const fee = (asked.amounts ?? asked.order)?.fee?.minor ?? 0n;
  const result = splitSubOrders(version, subOrders, {
    fee,
    ...defined({ givenBefore: asked.amounts?.givenBefore?.minor }),
  });
  if (result.outcome === 'REFUSED') {
    const problem = splitRefused(result.fault, currency);
    const pointer = asked.amounts ? '/amounts' : `/order/subOrders/${result.place}`;
    throw problem.at({ pointer, detail: problem.fields.detail });
  }
  const dueOn = dueOnOf(version, market, asked);
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ ruleId: head.id, version: version.version, businessDate },
    subOrders: result.splits.map((split) => presentSplit(split, version, dueOn)),
    total: {
      paid: show(sum(subOrders.map(({ paid }) => paid))),
      fee: show(fee),
      legs: show(sum(result.splits.flatMap(({ split }) => split.legs.map(({ amount }) => amount)))),
    },
  };
}

function chosenVersion(
  ruleId: string,
  versions: readonly RuleVersion[],
  wanted: number | undefined,
  date: PlainDate,
): RuleVersion {
  const chosen = wanted === undefined ? versionOn(versions, date) : versions.find(({ version }) => version === wanted);
  if (chosen) return chosen;
  if (wanted === undefined) {
    const detail = `No version of ${ruleId} is in force on ${date}.`;
    throw problems['split-rule-not-in-force'].with({ detail, ruleId, date });
  }
  const detail = `The rule has no version ${wanted}.`;
  throw problems['split-rule-not-found'].with({ detail, ruleId, version: wanted }).at({ pointer: '/version', detail });
}

/** When the legs are due; not known where the goods have to be confirmed first. */
function dueOnOf(
  { clearing }: RuleVersion,
  { zone }: Market,
  { paidAt, confirmedAt, clearingDate }: SimulationRequest,
): PlainDate | undefined {
  const from = clearing.from === 'PAYMENT' ? paidAt : confirmedAt;
  if (from === undefined) return undefined;
  const calendar = calendars.get(clearing.calendar);
  if (!calendar) throw new Error(`There is no calendar ${clearing.calendar}.`);
  try {
    return dueDate(new Date(from), { terms: clearing, calendar, zone, ...defined({ expectedOn: clearingDate }) });
  } catch (error) {
    if (!(error instanceof CalendarNotPublishedError)) throw error;
    const { calendar: name, date } = error;
    throw problems['calendar-not-published'].with({ detail: error.message, calendar: name, date }, { cause: error });
  }
}

function presentSplit(
  { subOrder, fee, terms, split }: SubOrderSplit<FundedSubOrder>,
  { currency }: RuleVersion,
  dueOn: PlainDate | undefined,
) {
  const { no, merchantId, order, paid, merchantGives, subsidies } = subOrder;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const context = { split, terms, currency };
  return {
    ...defined({ no, merchantId }),
    ...{ order: show(order), paid: show(paid) },
    ...(merchantGives !== undefined && { merchantGives: show(merchantGives) }),
    ...(subsidies && {
      subsidies: subsidies.map(({ funder, amount }) => ({
        kind: funder.kind,
        ...(funder.kind === 'BRAND' && { merchantId: funder.party }),
        amount: show(amount),
      })),
    }),
    fee: show(fee),
    legs: split.legs.map((leg) => presentLeg(leg, context, defined({ receiver: leg.receiver ?? merchantId, dueOn }))),
  };
}
