import * as z from 'zod';
import { consumerHandler } from '../../shared/events/consume.ts';
import { defaultStore } from './store.ts';
import { tellCycle } from './telling/tell-cycle.ts';
import { type TellingKind, tellingKinds } from './telling/telling.ts';

/** Steps of a turn: some 900,000 obligations, a few minutes of the fifteen that a function lives. */
const stepsPerTurnMax = 200;

const kinds: Readonly<Record<string, TellingKind>> = {
  'netting.cycle-cut-off.v1': 'CUT_OFF',
  'netting.cycle-settled.v1': 'SETTLED',
};
const handedOn = z.object({ kind: z.enum(tellingKinds) });

/** Tells sources which of their obligations a cycle pays, and that it has paid them. */
export const handler = consumerHandler(({ tenant, type, subject: cycleId, data }, now) => {
  const kind = kinds[type] ?? handedOn.parse(data).kind;
  return tellCycle(defaultStore(), { tenant, cycleId, kind, stepsMax: stepsPerTurnMax }, now);
});
