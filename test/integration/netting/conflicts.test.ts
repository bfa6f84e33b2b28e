import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { actOnObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import { anAsked, on } from '../../functions/netting/intake-samples.ts';
import { conflicting } from '../../support/conflicting-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { tuesday, wednesday } from './closing-support.ts';
import { add, keepCentre, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

/** Where two transactions on one item at the same time conflict, as in the cloud. */
describe('many who write to one cycle at once', () => {
  let own: TestNetting;
  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const batch = (name: string, count: number) => Array.from({ length: count }, (_, n) => anAsked(`${name}-${n}`));
  const storeIn = ({ join }: ReturnType<typeof conflicting>) => {
    const { client, store } = own.another();
    join(client);
    return store;
  };

  it('have four batches of 1,800 taken whole', async () => {
    const tenant = 'batches';
    const centre = await keepCentre(own, tenant);
    const cloud = conflicting(10);
    const added = await Promise.all([0, 1, 2, 3].map((n) => add(storeIn(cloud), centre, batch(`B${n}`, 1_800))));
    process.stdout.write(`four batches: ${cloud.log.conflicts} conflicts in ${cloud.log.sent} transactions\n`);
    expect(added.flat().filter(({ outcome }) => outcome !== 'ACCEPTED')).toEqual([]);
    const { lines, counted } = await linesOf(own.store, tenant, tuesday);
    expect([new Set(lines.map(({ reference }) => reference)).size, counted]).toEqual([7_200, 7_200]);
  }, 60_000);

  it('have single obligations of 48 functions taken, all of them', async () => {
    const tenant = 'singles';
    const centre = await keepCentre(own, tenant);
    const cloud = conflicting(5);
    await Promise.all(
      Array.from({ length: 48 }, async (_, n) => {
        const store = storeIn(cloud);
        for (let k = 0; k < 5; k++) await add(store, centre, [anAsked(`S${n}-${k}`)]);
      }),
    );
    process.stdout.write(`48 singles: ${cloud.log.conflicts} conflicts in ${cloud.log.sent} transactions\n`);
    expect((await linesOf(own.store, tenant, tuesday)).counted).toBe(240);
  }, 60_000);

  it('have all that they confirm confirmed', async () => {
    const tenant = 'confirming';
    const asked = batch('C', 240);
    await add(own.store, await keepCentre(own, tenant), asked);
    const cloud = conflicting(5);
    await Promise.all(
      Array.from({ length: 48 }, async (_, n) => {
        const store = storeIn(cloud);
        for (let k = 0; k < 5; k++) {
          const obligationId = obligationIdOf(tenant, 'ctr_group', `C-${n * 5 + k}`);
          await actOnObligation(store, { tenant, obligationId }, { kind: 'CONFIRM' }, on);
        }
      }),
    );
    process.stdout.write(`48 confirm: ${cloud.log.conflicts} conflicts in ${cloud.log.sent} transactions\n`);
    const { lines } = await linesOf(own.store, tenant, tuesday);
    expect(lines.filter(({ state }) => state === 'CONFIRMED')).toHaveLength(240);
  }, 60_000);

  it('keep no cut-off by hand from coming through, and what they send meanwhile is in one cycle', async () => {
    const tenant = 'cut';
    const centre = await keepCentre(own, tenant);
    const cloud = conflicting(10);
    let isCut = false;
    const sent: string[] = [];
    const streams = [0, 1, 2].map(async (n) => {
      const store = storeIn(cloud);
      for (let k = 0; !isCut; k++) {
        const asked = batch(`R${n}-${k}`, 270);
        await add(store, centre, asked);
        sent.push(...asked.map(({ reference }) => reference));
      }
    });
    while (cloud.log.sent < 30) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = cloud.log.sent;
    const cut = await cutOff(storeIn(cloud), { tenant, cycleId: tuesday }, on).finally(() => {
      isCut = true;
    });
    process.stdout.write(`cut off while ${cloud.log.sent - before} transactions were sent\n`);
    const atCut = await linesOf(own.store, tenant, tuesday);
    await Promise.all(streams);
    expect(cut).toMatchObject({ state: 'CONFIRMING', cutAt: on.at });
    expect(await linesOf(own.store, tenant, tuesday)).toEqual(atCut);
    const { lines } = await linesOf(own.store, tenant, wednesday);
    const placed = [...atCut.lines, ...lines].map(({ reference }) => reference);
    expect(placed.sort()).toEqual(sent.sort());
  }, 60_000);
});
