import { expect, it } from 'vitest';
import { RoleAccounts } from '../../../../functions/settlement/journal/booking/role-accounts.ts';
import type { WaitingStep } from '../../../../functions/settlement/orders/booking/booking-step.ts';
import { askAgainForSteps, type StepTools } from '../../../../functions/settlement/orders/booking/carry-out-step.ts';

it('steps that wait are asked for page after page, also behind those that fail', async () => {
  const asked: string[] = [];
  const step = (orderNo: string) => ({ tenant: 'demo', orderNo, kind: 'REFUND', about: 'R' }) as WaitingStep;
  const store = {
    listSteps: async (_: string, after: string | undefined) =>
      after === undefined ? { steps: [step('A-1'), step('A-2')], next: 'A-2' } : { steps: [step('A-3')] },
    readOrder: async (_: string, no: string) => {
      asked.push(no);
      return undefined;
    },
  };
  const tools = { store, ledger: {} } as unknown as StepTools;
  await expect(askAgainForSteps(tools, new RoleAccounts(), new Date())).rejects.toMatchObject({
    errors: [{}, {}, {}],
  });
  expect(asked).toEqual(['A-1', 'A-2', 'A-3']);
});
