import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { keys } from '../keys.ts';
import type { Outage, Rail } from '../routing/rail.ts';
import type { Cause, RailOutages, RailsConfiguration, Versioned } from './configuration.ts';

/** Items as plain objects ↔ the model. Rails are one text: a hundred of them with all they may say stay below 300 KB. */
export function configurationToPlain({ rails, ...rest }: RailsConfiguration): Plain {
  const { text, amounts } = writeText(rails);
  return {
    pk: keys.rails(rest.tenant),
    sk: keys.railsConfiguration,
    kind: 'RAILS',
    ...versionOf(rest),
    rails: text,
    amounts,
  };
}

export function configurationFromPlain(plain: Plain): RailsConfiguration {
  const amounts = plain.amounts as readonly bigint[];
  const [rails] = readTexts({ text: String(plain.rails), amounts }) as [Rail[]];
  return { ...versionFromPlain(plain), rails };
}

export function outagesToPlain({ railId, outages, ...rest }: RailOutages): Plain {
  return {
    pk: keys.rails(rest.tenant),
    sk: keys.railOutages(railId),
    kind: 'RAIL_OUTAGES',
    ...versionOf(rest),
    railId,
    outages: outages.map(({ from, to }) => `${from.toISOString()} ${to?.toISOString() ?? ''}`).join('\n'),
  };
}

export function outagesFromPlain(plain: Plain): RailOutages {
  const railId = String(plain.railId);
  const lines = String(plain.outages).split('\n').filter(Boolean);
  const outages = lines.map((line): Outage => {
    const [from = '', to = ''] = line.split(' ');
    return { railId, from: new Date(from), ...(to !== '' && { to: new Date(to) }) };
  });
  return { ...versionFromPlain(plain), railId, outages };
}

/** Whether two say the same; who said it and when is no part of it. */
export function haveSameRails(
  one: Pick<RailsConfiguration, 'rails'>,
  other: Pick<RailsConfiguration, 'rails'>,
): boolean {
  const [left, right] = [writeText(one.rails), writeText(other.rails)];
  return left.text === right.text && left.amounts.every((amount, index) => amount === right.amounts[index]);
}

export function haveSameOutages(one: Pick<RailOutages, 'outages'>, other: Pick<RailOutages, 'outages'>): boolean {
  return JSON.stringify(one.outages) === JSON.stringify(other.outages);
}

function versionOf({ tenant, version, changedAt, changedBy }: Versioned) {
  return { tenant, version, changedAt, changedBy };
}

function versionFromPlain({ tenant, version, changedAt, changedBy }: Plain): Versioned {
  return {
    tenant: String(tenant),
    version: Number(version),
    changedAt: String(changedAt),
    changedBy: changedBy as unknown as Cause,
  };
}
