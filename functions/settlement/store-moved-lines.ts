import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { sumFigures } from './journal/figures.ts';
import { linesPk, movedAt } from './journal/journal-keys.ts';
import type { JournalLine } from './journal/line.ts';
import { packLine } from './journal/pack-lines.ts';
import { turned } from './journal/standing-lines.ts';
import type { OwnerDay } from './journal/transaction.ts';
import { refOf } from './settlements/open-days.ts';
import { settlementKeys } from './settlements/settlement-keys.ts';
import { totalAdded } from './store-total-added.ts';
import { sumOfId } from './sums/sum.ts';
import { sumKeys } from './sums/sum-items.ts';

/** Lines of an owner's day that go from one settlement of it to another. */
export interface MovedLines {
  readonly from: OwnerDay;
  readonly to: OwnerDay;
  readonly lines: readonly JournalLine[];
  /** How often lines were moved into that settlement before. */
  readonly times: number;
}

export function movedLinesStore(client: DynamoDBClient, table: string) {
  const { putNew, checkNone, write } = transactionParts(client, table);

  /** One that does not add up is not settled: nothing of it is paid. */
  const notDone = (day: OwnerDay): TransactWriteItem => {
    const { tenant, marketId, owner, date, sequence } = day;
    if (owner.kind === 'SUM')
      return checkNone(sumKeys.split({ tenant, marketId, sum: sumOfId(owner.id), date }, sequence));
    return {
      ConditionCheck: {
        TableName: table,
        Key: toItem(settlementKeys.settlement(refOf(day))),
        ConditionExpression: 'attribute_not_exists(pk) OR #state = :mismatch',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: toItem({ ':mismatch': 'MISMATCH' }),
      },
    };
  };

  /**
   * Lines stand in the one settlement, and are taken back in the other; all or nothing, and only while neither is done: settled for a
   * merchant, split for a sum. Throws what DynamoDB throws.
   */
  async function moveLines({ from, to, lines, times }: MovedLines): Promise<void> {
    const back = lines.map(turned);
    await write([
      ...[from, to].map(notDone),
      putNew(blockOf(to, `${times}`, lines)),
      putNew(blockOf(from, `${times} to ${to.sequence}`, back)),
      totalAdded(table, { ...to, figures: sumFigures(lines) }),
      totalAdded(table, { ...from, figures: sumFigures(back) }),
    ]);
  }

  return { moveLines };
}

function blockOf(day: OwnerDay, place: string, lines: readonly JournalLine[]): Plain {
  const { tenant, owner, date } = day;
  const key = { pk: linesPk(tenant, owner, date), sk: `${movedAt(day)}${place}` };
  return { ...key, kind: 'LINES', text: lines.map(packLine).join('\n') };
}
