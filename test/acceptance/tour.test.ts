import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { System } from '../../infra/local/system.ts';
import { startInMemory } from '../support/system.ts';

/** The README's tour, pasted block after block into one shell. */
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```bash\n(.*?)```/gs)].map(([, block = '']) => block);

describe('the tour of the README', () => {
  let system: System;
  beforeAll(async () => {
    system = await startInMemory();
  });
  afterAll(() => system?.stop());

  it('works when pasted', async () => {
    const script = blocks
      .map((block) => `${block}\necho; echo ====`)
      .join('\n')
      .replaceAll('http://localhost:3000', system.url);
    const { stdout } = await promisify(execFile)('bash', ['-eu', '-o', 'pipefail', '-c', script]);
    const [
      ,
      opened = '',
      paidIn = '',
      held = '',
      refused = '',
      statement = '',
      history = '',
      run = '',
      payment = '',
      collected = '',
      matched = '',
      settled = '',
      netted = '',
    ] = stdout.split('====\n');
    expect(blocks).toHaveLength(13);
    expect(opened).toMatch(/^acc_\S{26} acc_\S{26}/);
    expect(JSON.parse(paidIn)).toMatchObject({ status: 'POSTED', references: { contract: 'HT-2026-001' } });
    expect(held).toContain('"available":{"amount":"700.00","currency":"CNY"}');
    expect(held).toContain('"available":{"amount":"750.00","currency":"CNY"}');
    expect(JSON.parse(refused)).toMatchObject({ code: 'ledger/insufficient-funds', status: 409 });
    expect(JSON.parse(statement)).toMatchObject({ status: 'BALANCED', assignment: 'ASSIGNED', debits: { count: 1 } });
    expect(history).toContain('"sound":true');
    // 750.00 less the reserve of 100.00 in units of 50.00.
    expect(run).toContain('"status":"CONFIRMED","moved":{"amount":"650.00","currency":"CNY"}');
    expect(payment).toContain('"funded":{"amount":"200.00","currency":"CNY"}');
    expect(payment).toContain(
      '"lender":"Yudao Trading","borrower":"Yudao Group","outstanding":{"amount":"450.00","currency":"CNY"}',
    );
    const [batch, items, refusedLines] = collected
      .trim()
      .split('\n')
      .slice(-3)
      .map((line) => JSON.parse(line));
    expect(batch).toMatchObject({ number: 'DK-01', state: 'PARTIAL', items: { SETTLED: 1, FAILED: 1 } });
    const [receipt, proof] = matched
      .trim()
      .split('\n')
      .slice(-2)
      .map((line) => JSON.parse(line));
    expect(receipt).toMatchObject({
      state: 'MATCHED',
      matches: [{ rule: 'EARLY_PAYMENT_DISCOUNT', score: 980, allocations: [{ discount: { amount: '246.91' } }] }],
    });
    expect(proof).toMatchObject({ balanced: true });
    const told = settled.trim().split('\n');
    expect(told).toContain('2025-10-09');
    // Between them it is asked for, and waited for.
    const [lines, , , marketProof] = told.slice(-4).map((line) => (line.startsWith('{') ? JSON.parse(line) : line));
    expect(lines).toMatchObject({ lines: [{ kind: 'SHARE', orderNo: 'SO-1', amount: { amount: '94.40' } }] });
    expect(marketProof).toMatchObject({
      state: 'COMPLETED',
      result: {
        ...{ balanced: true, orders: 1, shares: { amount: '99.40' }, fees: { amount: '0.60' } },
        accounts: {
          // The channel’s, supervised, potter’s and courier’s; on its way, paid out and owed by merchants.
          count: 7,
          shown: expect.arrayContaining([
            {
              role: 'channel:ALIPAY',
              orders: { amount: '-99.40', currency: 'CNY' },
              settlements: { amount: '0.00', currency: 'CNY' },
              ledger: { amount: '-99.40', currency: 'CNY' },
            },
          ]),
        },
      },
    });
    expect(items).toMatchObject({
      items: [
        { agreementNumber: 'XY-1', payerName: '江南机械厂', state: 'SETTLED', tries: [{ railId: 'IBPS' }] },
        { agreementNumber: 'XY-2', state: 'FAILED', reason: 'INSUFFICIENT_FUNDS', tries: [{ code: 'AM04' }] },
      ],
    });
    expect(refusedLines).toMatchObject({ lines: [{ line: 3, code: 'MANDATE_NOT_FOUND', field: 'agreementNumber' }] });
    const [centreId, accepted, tried, cut, closing, , report] = netted.trim().split('\n');
    expect([centreId, accepted, tried, cut, closing]).toEqual(['ctr_tour', '8', '3', 'CONFIRMING', 'NETTING']);
    // Beijing gets 20, Shenzhen 40 and Chengdu 10 of the 70 that Shanghai owes on balance.
    expect(JSON.parse(report ?? '')).toMatchObject({
      cycleState: 'CLOSED',
      legs: ['A 20.00', 'C 40.00', 'D 10.00'].map((leg) => {
        const [payee, amount] = leg.split(' ');
        return { kind: 'DIRECT', payer: 'B', payee, amount: { amount, currency: 'CNY' } };
      }),
    });
  });
});
