import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askClosing } from '../../../functions/netting/closing/ask-closing.ts';
import { toEvents } from '../../../functions/netting/events.ts';
import { obligationToPlain } from '../../../functions/netting/obligations/obligation-items.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { atNoon, closingSteps } from './closing-support.ts';
import { nettingOnEngine, type TestNetting } from './support.ts';
import { toldOn, tuesday, wednesday } from './told-support.ts';

describe.each(engines())('obligations out of events whose cycle closes on $kind', (engine) => {
  let own: TestNetting;
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());
  const { aCentreOf, take, invoiceIn, invoiceReference, obligationOf, included } = toldOn(() => own);
  const { cut, carryOn, cycleOf } = closingSteps(() => own);
  const today = { dueOn: '2026-03-31' };
  const behind = '2026-03-31T10:00:00.000Z';

  it('come to the next cycle as their source told them last, where it closes without them', async () => {
    const tenant = 'left-out';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    const numbers = ['FP-0', 'FP-1', 'FP-2', 'FP-3'];
    await take(numbers.map((number) => invoice({ ...today, number })));
    await cut(tenant);
    const paid = (number: string, cleared: bigint) =>
      invoice({ ...today, number, cleared, revision: 2 }, { ...today, number });
    const before = await obligationOf(tenant, invoiceReference(tenant, 'FP-1'));
    const leaveOut = numbers.slice(0, 3).map((number) => invoiceReference(tenant, number));
    await askClosing(own.store, { tenant, cycleId: tuesday }, { leaveOut }, atNoon);
    // It is shut: what it pays it pays, whatever is paid besides.
    await take([paid('FP-0', 100_000n), paid('FP-1', 30_000n), paid('FP-3', 100_000n)], behind);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { obligations: 1, moved: 3 } } });
    expect((await included(tenant, wednesday)).sort()).toEqual(['A → B 100000', 'A → B 70000']);
    const stateOf = async (number: string) => {
      const found = await obligationOf(tenant, invoiceReference(tenant, number));
      return `${found?.state} ${found?.amount} ${found?.cycleId}`;
    };
    expect(await Promise.all(numbers.map(stateOf))).toEqual([
      `WITHDRAWN 100000 ${wednesday}`,
      `UNCONFIRMED 70000 ${wednesday}`,
      `UNCONFIRMED 100000 ${wednesday}`,
      `UNCONFIRMED 100000 ${tuesday}`,
    ]);
    const after = await obligationOf(tenant, invoiceReference(tenant, 'FP-1'));
    if (!before || !after) throw new Error('There was to be an obligation.');
    const change = { kind: 'MODIFY', item: obligationToPlain(after), previous: obligationToPlain(before) } as const;
    expect(toEvents(change)).toMatchObject([
      {
        type: 'netting.obligation-moved.v1',
        data: { cycleId: wednesday, movedFrom: tuesday, origin: { overtaken: false } },
      },
    ]);
  });

  it('are not paid by it where they were paid otherwise before their source heard of the cut-off', async () => {
    const tenant = 'overtaken';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    await take([invoice({ ...today, number: 'FP-0' }), invoice({ ...today, number: 'FP-1' })]);
    await cut(tenant);
    const paid = { ...today, number: 'FP-0', cleared: 100_000n, revision: 2 };
    await take([invoice(paid, { ...today, number: 'FP-0' })], behind);
    expect(await obligationOf(tenant, invoiceReference(tenant, 'FP-0'))).toMatchObject({
      state: 'WITHDRAWN',
      revision: 2,
    });
    await askClosing(own.store, { tenant, cycleId: tuesday }, {}, atNoon);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { obligations: 1, moved: 0 } } });
    // It came back: the next cycle has it.
    await take([invoice({ ...today, number: 'FP-0', revision: 3 }, paid)], behind);
    expect(await obligationOf(tenant, invoiceReference(tenant, 'FP-0'))).toMatchObject({
      ...{ state: 'UNCONFIRMED', cycleId: wednesday, amount: 100_000n },
    });
  });

  it('are no longer disputed by their source once it is shut, though the clock of its confirmation still runs', async () => {
    const tenant = 'shut';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    await take([invoice(today)]);
    await cut(tenant);
    await askClosing(own.store, { tenant, cycleId: tuesday }, {}, atNoon);
    const dispute = { reason: '数量不符', since: behind };
    await take([invoice({ ...today, dispute, revision: 2 }, today)], behind);
    expect(await obligationOf(tenant)).toMatchObject({ state: 'UNCONFIRMED', revision: 2, origin: { version: 2 } });
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { obligations: 1, moved: 0 } } });
  });
});
