import type {
  DiscountTerms,
  PayingCustomer,
  VirtualAccount,
} from '../../../functions/receivables/matching/open-item.ts';
import { drawHabit, type Habit } from './amounts.ts';
import type { Chance } from './chance.ts';
import { type CompanyName, written } from './names/company-names.ts';

/** Where its invoices come from. */
export interface Home {
  readonly entity: string;
  readonly currency: string;
}

/** A customer as matching knows it, and what else is true of it. */
export interface Customer {
  readonly known: PayingCustomer;
  readonly name: CompanyName;
  readonly habit: Habit;
  /** The first is the usual one. */
  readonly homes: readonly [Home, ...Home[]];
  readonly discount?: DiscountTerms;
  /** Its own number to pay to. */
  readonly virtualAccount?: VirtualAccount;
}

const entities = { 'YD-SH': 50, 'YD-SZ': 30, 'YD-EU': 20 };
export const ownNames = ['上海禹道实业有限公司', '深圳禹道科技有限公司', 'Yudao Europe GmbH'];

export function drawCustomer(number: number, name: CompanyName, alias: CompanyName, chance: Chance): Customer {
  const id = `cus_${String(number).padStart(6, '0')}`;
  const accounts = chance.percent(60) ? chance.whole(1, 3) : 0;
  const terms = chance.pick([
    { basisPoints: 200, withinDays: 10 },
    { basisPoints: 100, withinDays: 15 },
    { basisPoints: 300, withinDays: 7 },
  ]);
  return {
    known: {
      id,
      names: [written(name), ...(chance.percent(12) ? [written(alias)] : [])],
      accountKeys: Array.from({ length: accounts }, (_, n) => `acct-${number}-${n}`),
      ...(chance.percent(5) && { tolerance: { chargeMax: { CNY: 200_00n, USD: 80_00n }, basisPointsMax: 50 } }),
    },
    name,
    habit: drawHabit(chance),
    homes: drawHomes(name, chance),
    ...(chance.percent(25) && { discount: terms }),
    ...(chance.percent(20) && { virtualAccount: { accountKey: `va-${number}`, customerId: id } }),
  };
}

function drawHomes(name: CompanyName, chance: Chance): [Home, ...Home[]] {
  const home = (): Home => {
    const entity = chance.weighted(entities);
    const foreign = name.script === 'LATIN' || entity === 'YD-EU';
    return {
      entity,
      currency: chance.weighted(foreign ? { EUR: 50, USD: 40, CNY: 10, HKD: 0 } : { CNY: 90, USD: 5, HKD: 5, EUR: 0 }),
    };
  };
  return chance.percent(25) ? [home(), home()] : [home()];
}
