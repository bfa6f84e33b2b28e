import type { Money } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Fault } from '../../../shared/problems/located-faults.ts';
import type { Rail, Tariff } from '../routing/rail.ts';
import type { RailShape } from './rail-shapes.ts';

/** A rail as it was sent, as a rail of the domain. All its amounts are in its currency; see currencyFaults. */
export function toRail(shape: RailShape): Rail {
  const { id, kind, currency, directions, effectiveFrom, expiresOn, zone, hours, banks } = shape;
  const { successMillionths, usualMinutes } = shape;
  return {
    id,
    kind,
    currency,
    directions: [...new Set(directions)],
    effectiveFrom,
    ...defined({ expiresOn, minimum: shape.minimum?.minor, maximum: shape.maximum?.minor }),
    zone,
    hours,
    tariff: toTariff(shape.tariff),
    successMillionths,
    usualMinutes,
    banks: banks.same === 'ANY' ? { same: 'ANY', ...defined({ only: banks.only, except: banks.except }) } : banks,
  };
}

function toTariff({ bands, above, urgent }: RailShape['tariff']): Tariff {
  return {
    bands: bands.map(({ upTo, fee }) => ({ upTo: upTo.minor, fee: fee.minor })),
    above: { millionths: above.millionths, ...defined({ floor: above.floor?.minor, cap: above.cap?.minor }) },
    ...(urgent && { urgent: { percent: urgent.percent, ...defined({ cap: urgent.cap?.minor }) } }),
  };
}

/** Amounts in another currency than their rail. */
export function currencyFaults(rails: readonly RailShape[]): Fault[] {
  return rails.flatMap((rail, index) =>
    amountsOf(rail)
      .filter(([, money]) => money !== undefined && money.currency !== rail.currency)
      .map(([path]) => ({
        path: [index, ...path, 'currency'],
        detail: `Send ${rail.currency}, the currency of the rail.`,
      })),
  );
}

function amountsOf({ minimum, maximum, tariff }: RailShape): [(string | number)[], Money | undefined][] {
  const { bands, above, urgent } = tariff;
  return [
    [['minimum'], minimum],
    [['maximum'], maximum],
    ...bands.flatMap(({ upTo, fee }, index): [(string | number)[], Money][] => [
      [['tariff', 'bands', index, 'upTo'], upTo],
      [['tariff', 'bands', index, 'fee'], fee],
    ]),
    [['tariff', 'above', 'floor'], above.floor],
    [['tariff', 'above', 'cap'], above.cap],
    [['tariff', 'urgent', 'cap'], urgent?.cap],
  ];
}
