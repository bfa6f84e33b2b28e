import type {
  BatchWriteItemCommandInput,
  DeleteItemCommandInput,
  PutItemCommandInput,
  TransactWriteItem,
  TransactWriteItemsCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './items.ts';

/** One item that a command is to write or check: a put names the item, the others its key. */
export interface PlannedWrite {
  readonly operation: 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
  readonly table: string;
  readonly item?: Item;
  readonly key?: Item;
}

const unreadableCommands = new Set(['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']);

/**
 * The items that a command writes, in its order; none for a read. `command` is the name without `Command`.
 *
 * @throws Error for PartiQL, which would have to be parsed.
 */
export function plannedWrites(command: string, input: object): readonly PlannedWrite[] {
  if (unreadableCommands.has(command)) throw new Error(`${command} cannot be metered.`);
  switch (command) {
    case 'PutItem':
      return [planned('Put', input as PutItemCommandInput)];
    case 'UpdateItem':
      return [planned('Update', input as UpdateItemCommandInput)];
    case 'DeleteItem':
      return [planned('Delete', input as DeleteItemCommandInput)];
    case 'BatchWriteItem':
      return plannedInBatch((input as BatchWriteItemCommandInput).RequestItems);
    case 'TransactWriteItems':
      return ((input as TransactWriteItemsCommandInput).TransactItems ?? []).flatMap(plannedInTransaction);
    default:
      return [];
  }
}

/** The items of a batch: what it asks for, or what it answers as unprocessed. */
export function plannedInBatch(requests: BatchWriteItemCommandInput['RequestItems']): PlannedWrite[] {
  return Object.entries(requests ?? {}).flatMap(([table, writes]) =>
    writes.map(({ PutRequest, DeleteRequest }) =>
      PutRequest
        ? planned('Put', { TableName: table, Item: PutRequest.Item })
        : planned('Delete', { TableName: table, Key: DeleteRequest?.Key }),
    ),
  );
}

function plannedInTransaction({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): PlannedWrite[] {
  return [
    Put && planned('Put', Put),
    Update && planned('Update', Update),
    Delete && planned('Delete', Delete),
    ConditionCheck && planned('ConditionCheck', ConditionCheck),
  ].filter((write) => write !== undefined);
}

interface Target {
  readonly TableName?: string | undefined;
  readonly Item?: Item | undefined;
  readonly Key?: Item | undefined;
}

function planned(operation: PlannedWrite['operation'], { TableName = '', Item, Key }: Target): PlannedWrite {
  return { operation, table: TableName, ...(Item && { item: Item }), ...(Key && { key: Key }) };
}
