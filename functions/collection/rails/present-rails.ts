import type * as z from 'zod';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Outage, Rail } from '../routing/rail.ts';
import type { RailOutages, RailsInUse } from './configuration.ts';
import type { outagesOut } from './outage-shapes.ts';
import type * as shapes from './rail-shapes.ts';

/** The rails of a tenant as they leave the capability: in the form in which they are put. */
export function presentRails({ configuration, rails, outages }: RailsInUse): z.input<typeof shapes.railsOut> {
  const { changedAt, changedBy } = configuration ?? {};
  return {
    source: configuration ? 'CONFIGURED' : 'DEFAULT',
    version: configuration?.version ?? 0,
    rails: rails.map(presentRail),
    outages: outages.map(presentOutages),
    ...defined({ changedAt, changedBy }),
  };
}

export function presentOutages(held: RailOutages): z.input<typeof outagesOut> {
  const { railId, version, outages, changedAt, changedBy } = held;
  return { railId, version, outages: outages.map(presentOutage), changedAt, changedBy };
}

function presentOutage({ from, to }: Outage) {
  return { from: from.toISOString(), ...(to && { to: to.toISOString() }) };
}

function presentRail(rail: Rail): z.input<typeof shapes.rail> {
  const { minimum, maximum, tariff, directions, ...rest } = rail;
  const show = (minor: bigint) => presentAmount(minor, rail.currency);
  const showIfThere = (minor: bigint | undefined) => (minor === undefined ? undefined : show(minor));
  const { bands, above, urgent } = tariff;
  return {
    ...(rest as Omit<z.input<typeof shapes.rail>, 'directions' | 'tariff'>),
    directions: [...directions],
    ...defined({ minimum: showIfThere(minimum), maximum: showIfThere(maximum) }),
    tariff: {
      bands: bands.map(({ upTo, fee }) => ({ upTo: show(upTo), fee: show(fee) })),
      above: {
        millionths: above.millionths,
        ...defined({ floor: showIfThere(above.floor), cap: showIfThere(above.cap) }),
      },
      ...(urgent && { urgent: { percent: urgent.percent, ...defined({ cap: showIfThere(urgent.cap) }) } }),
    },
  };
}
