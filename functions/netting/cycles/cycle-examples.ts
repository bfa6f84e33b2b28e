/** Requests and answers shown in the reference. */
export const cycle = {
  id: 'cyc_group_2026-03-31',
  centreId: 'ctr_group',
  cutOffDate: '2026-03-31',
  state: 'OPEN' as const,
  cutOffAt: '2026-03-31T09:00:00.000Z',
  confirmUntil: '2026-04-01T04:00:00.000Z',
  valueDate: '2026-04-02',
  openedAt: '2026-03-31T02:00:00.000Z',
  version: 1,
  changedAt: '2026-03-31T02:00:00.000Z',
};
export const path = { cycleId: '{cycleId}' };

export const listNettingCycles = { query: { centreId: 'ctr_group', limit: '1' }, response: { cycles: [cycle] } };
export const getNettingCycle = { path, response: cycle };
const cutAt = '2026-03-31T08:00:00.000Z';
export const closeNettingCycle = {
  path,
  body: { to: 'CONFIRMING' as const },
  response: { ...cycle, state: 'CONFIRMING' as const, cutAt, version: 3, changedAt: cutAt },
};
