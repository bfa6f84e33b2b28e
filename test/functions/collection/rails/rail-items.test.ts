import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../../functions/collection/events.ts';
import {
  decideReplacement,
  type RailOutages,
  type RailsConfiguration,
  railsInUse,
} from '../../../../functions/collection/rails/configuration.ts';
import { presentRails } from '../../../../functions/collection/rails/present-rails.ts';
import {
  configurationFromPlain,
  configurationToPlain,
  haveSameRails,
  outagesFromPlain,
  outagesToPlain,
} from '../../../../functions/collection/rails/rail-items.ts';
import { rail as railShape, rails as railsShape } from '../../../../functions/collection/rails/rail-shapes.ts';
import { toRail } from '../../../../functions/collection/rails/read-rails.ts';
import { defaultRails } from '../../../../functions/collection/routing/default-rails.ts';
import type { Rail } from '../../../../functions/collection/routing/rail.ts';
import { fromItem, toItem } from '../../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../../shared/dynamo/write-units.ts';
import { railOf } from '../routing/samples.ts';
import { file, hvps, ibps } from './samples.ts';

const by = { client: 'treasurer', role: 'treasurer', requestId: 'r' };
const versioned = { tenant: 'demo', version: 3, changedAt: '2025-10-04T02:00:00.000Z', changedBy: by };
const configurationOf = (rails: readonly Rail[]): RailsConfiguration => ({ ...versioned, rails });
const throughTheTable = (item: object) => fromItem(toItem({ ...item }));

const from = new Date('2025-10-04T02:00:00.000Z');
const to = new Date('2025-10-04T03:00:00.000Z');
const outages: RailOutages = {
  ...versioned,
  railId: 'IBPS',
  outages: [
    { railId: 'IBPS', from, to },
    { railId: 'IBPS', from: to },
  ],
};

describe('what is kept comes back as it was', () => {
  it.each<[string, readonly Rail[]]>([
    ['the common rails', defaultRails],
    ['rails as they were sent', [ibps, hvps, file].map((shape) => toRail(railShape.parse(shape)))],
  ])('%s', (_, rails) => {
    const configuration = configurationOf(rails);
    expect(configurationFromPlain(throughTheTable(configurationToPlain(configuration)))).toEqual(configuration);
  });

  it('outages, with an end and without, or none', () => {
    expect(outagesFromPlain(throughTheTable(outagesToPlain(outages)))).toEqual(outages);
    const none = { ...outages, outages: [] };
    expect(outagesFromPlain(throughTheTable(outagesToPlain(none)))).toEqual(none);
  });

  it('and is shown as it is put', () => {
    const shown = presentRails(railsInUse(configurationOf(defaultRails), [])).rails;
    expect(railsShape.parse(shown).map(toRail)).toEqual(defaultRails);
  });
});

it('a hundred rails with all they may say fit into one item', () => {
  const most = 99_999_999_999_999_999_999n;
  const everything = railOf('x'.repeat(40), {
    kind: 'NETSUNION',
    expiresOn: '2099-12-31',
    minimum: most,
    maximum: most,
    zone: 'America/Argentina/ComodRivadavia',
    hours: {
      type: 'CUT_OFFS',
      calendar: 'CN_STATE_COUNCIL',
      cutOffs: Array.from({ length: 24 }, () => '10:00'),
      leadDays: 30,
      settlesAt: '09:00',
    },
    tariff: {
      bands: Array.from({ length: 12 }, () => ({ upTo: most, fee: most })),
      above: { millionths: 1_000_000, floor: most, cap: most },
      urgent: { percent: 1_000, cap: most },
    },
    banks: { same: 'ANY', only: Array.from({ length: 100 }, () => 'DEUTDEFF') },
  });
  const item = configurationToPlain(configurationOf(Array.from({ length: 100 }, () => everything)));
  expect(itemBytes(toItem(item))).toBeLessThan(300 * 1024);
});

describe('rails put over others', () => {
  const held = configurationOf(defaultRails);
  const put = (rails: readonly Rail[], expectedVersion?: number) =>
    decideReplacement(
      held,
      {
        tenant: 'demo',
        content: { rails },
        at: '2025-10-05T00:00:00.000Z',
        by,
        ...(expectedVersion !== undefined && { expectedVersion }),
      },
      haveSameRails,
    );
  const other = [railOf('a')];

  it('are the next version', () => {
    expect(put(other, 3)).toMatchObject({ outcome: 'CHANGED', next: { version: 4, rails: other } });
    expect(put(other)).toMatchObject({ outcome: 'CHANGED', next: { version: 4 } });
  });

  it('change nothing where they are the same, whatever was expected', () => {
    expect(put(defaultRails, 2)).toEqual({ outcome: 'UNCHANGED', next: held });
  });

  it('differ by a fen', () => {
    expect(haveSameRails({ rails: [railOf('a', { maximum: 1n })] }, { rails: [railOf('a', { maximum: 2n })] })).toBe(
      false,
    );
  });

  it('are refused over another version', () => {
    expect(put(other, 2)).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'collection/version-conflict', fields: { version: 3, expectedVersion: 2 } },
    });
  });
});

it('outages of a rail that is gone are left aside', () => {
  expect(railsInUse(configurationOf([railOf('a')]), [outages]).outages).toEqual([]);
  expect(railsInUse(undefined, [outages])).toEqual({ rails: defaultRails, outages: [outages] });
});

describe('the events of a change', () => {
  it('name the rails, and tell the outages', () => {
    const [changed] = toEvents({
      kind: 'MODIFY',
      item: throughTheTable(configurationToPlain(configurationOf([railOf('a'), railOf('b'), railOf('a')]))),
    });
    expect(changed).toMatchObject({ type: 'collection.rails-changed.v1', data: { version: 3, railIds: ['a', 'b'] } });
    const [told] = toEvents({ kind: 'INSERT', item: throughTheTable(outagesToPlain(outages)) });
    expect(told).toMatchObject({
      type: 'collection.rail-outages-changed.v1',
      subject: 'IBPS',
      actor: by,
      data: { version: 3, outages: [{ from: from.toISOString(), to: to.toISOString() }, { from: to.toISOString() }] },
    });
  });

  it('have the same id when told twice, and another for another version', () => {
    const idOf = (version: number) =>
      toEvents({ kind: 'MODIFY', item: configurationToPlain({ ...configurationOf([railOf('a')]), version }) })[0]?.id;
    expect(idOf(3)).toBe(idOf(3));
    expect(idOf(3)).not.toBe(idOf(4));
  });

  it('are none for what is removed or something else', () => {
    expect(toEvents({ kind: 'REMOVE' })).toEqual([]);
    expect(toEvents({ kind: 'INSERT', item: { kind: 'OTHER' } })).toEqual([]);
  });
});
