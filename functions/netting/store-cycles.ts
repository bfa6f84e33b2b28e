import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { type Cycle, type CycleState, gates } from './cycles/cycle.ts';
import { cycleFromPlain, cycleToPlain, gateToPlain } from './cycles/cycle-items.ts';
import { confirmingCycles, keys, openCycles, settlingCycles } from './keys.ts';
import type { Telling } from './telling/telling.ts';
import { tellingToPlain } from './telling/telling-items.ts';

/** Cycles and their gates. Reads by key are strongly consistent. */
export function cycleStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readCycle(tenant: string, cycleId: string): Promise<Cycle | undefined> {
    const item = await get(keys.cycle(tenant, cycleId));
    return item && cycleFromPlain(item);
  }

  /** A page of the cycles of a centre, the latest cut-off date first, from before one. */
  async function listCycles(tenant: string, centreId: string, before: string | undefined, count: number) {
    const { items } = await query({
      KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: toItem({
        ':pk': `${tenant}#${centreId}#CYCLES`,
        ...(before !== undefined && { ':before': before }),
      }),
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: count + 1,
    });
    return { cycles: items.slice(0, count).map(cycleFromPlain), more: items.length > count };
  }

  /** A page of the open cycles of all tenants whose cut-off has come; the index may lag a moment. */
  const listCyclesToCut = (now: string, after: string | undefined, count: number) =>
    listDue(openCycles, now, after, count);

  /** The same of those whose confirmation is over, or whose closing is to be asked for again. */
  const listCyclesToClose = (now: string, after: string | undefined, count: number) =>
    listDue(confirmingCycles, now, after, count);

  /** The same of those whose value date has come, or whose settlement is to be asked for again. */
  const listCyclesToSettle = (now: string, after: string | undefined, count: number) =>
    listDue(settlingCycles, now, after, count);

  async function listDue(of: string, now: string, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byDue',
      KeyConditionExpression:
        after === undefined ? 'dueOf = :of AND dueAt <= :to' : 'dueOf = :of AND dueAt BETWEEN :after AND :to',
      ExpressionAttributeValues: toItem({
        ':of': of,
        // Behind every cycle of this very instant.
        ':to': `${now}#\uffff`,
        ...(after !== undefined && { ':after': `${after}\u0000` }),
      }),
      Limit: count,
    });
    const found = items.map(({ dueAt }) => String(dueAt));
    const due = found.map((dueAt) => {
      const [, tenant = '', cycleId = ''] = dueAt.split('#');
      return { tenant, cycleId };
    });
    return { due, ...(found.length === count && { next: found.at(-1) ?? '' }) };
  }

  /** A new cycle and its gates, as parts of a transaction. */
  const cycleParts = (cycle: Cycle): TransactWriteItem[] => [
    putNew(cycleToPlain(cycle)),
    ...gates.map((gate) => putNew(gateToPlain(cycle, gate, cycle.state))),
  ];

  /** A new cycle, only where there is none of its date. Throws what DynamoDB throws. */
  const openCycle = (cycle: Cycle) => write(cycleParts(cycle));

  /** The next state of a cycle, only over the one before it, and the telling that begins with it. Throws what DynamoDB throws. */
  const replaceCycle = (next: Cycle, begins?: Telling) =>
    write([putNext(cycleToPlain(next), next.revision - 1), ...(begins ? [putNew(tellingToPlain(begins))] : [])]);

  async function readGateState(tenant: string, cycleId: string, gate: number): Promise<CycleState | undefined> {
    return (await get(keys.gate(tenant, cycleId, gate)))?.state as CycleState | undefined;
  }

  /**
   * One gate of a cycle: whoever writes through it meanwhile has done so before, whole, or finds it turned. Throws what DynamoDB throws.
   */
  const turnGate = (cycle: Pick<Cycle, 'tenant' | 'id'>, gate: number, from: CycleState, to: CycleState) =>
    write([gateTurn(cycle, gate, from, to)]);

  /**
   * The next state of a cycle and of all its gates at once: whoever writes to it meanwhile has done so before, whole, or finds the gate
   * turned. Throws what DynamoDB throws.
   */
  const turnGates = (next: Cycle, from: CycleState, to: CycleState = next.state) =>
    write([putNext(cycleToPlain(next), next.revision - 1), ...gates.map((gate) => gateTurn(next, gate, from, to))]);

  const gateTurn = (
    { tenant, id }: Pick<Cycle, 'tenant' | 'id'>,
    gate: number,
    from: CycleState,
    to: CycleState,
  ): TransactWriteItem => ({
    Update: {
      TableName: table,
      Key: toItem(keys.gate(tenant, id, gate)),
      UpdateExpression: 'SET #state = :to',
      ConditionExpression: '#state = :from',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: toItem({ ':from': from, ':to': to }),
    },
  });

  return {
    ...{ readCycle, listCycles, listCyclesToCut, listCyclesToClose, listCyclesToSettle },
    ...{ cycleParts, openCycle, replaceCycle, turnGates, readGateState, turnGate },
  };
}
