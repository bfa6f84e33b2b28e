import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { keys } from './keys.ts';
import type { OwnTemplate, TemplateUse } from './templates/own-template.ts';
import { templateFromPlain, templateToPlain } from './templates/template-items.ts';

/** Templates that markets have made; all reads are strongly consistent. */
export function templateStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readTemplate<Use extends TemplateUse>(tenant: string, marketId: string, use: Use, id: string) {
    const item = await get(keys.template(tenant, marketId, use, id));
    return item && templateFromPlain<Use>(item);
  }

  /** A page of a market's own templates by id, from behind one. */
  async function listTemplates<Use extends TemplateUse>(
    tenant: string,
    marketId: string,
    use: Use,
    { after = '', count }: { readonly after?: string; readonly count: number },
  ) {
    const { pk, sk } = keys.template(tenant, marketId, use, after);
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': pk,
        // Behind the one that is named: nothing sorts between it and it with U+0001.
        ':from': `${sk}\u0001`,
        ':to': `${keys.template(tenant, marketId, use, '').sk}\uffff`,
      }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    return { templates: items.slice(0, count).map(templateFromPlain<Use>), more: items.length > count };
  }

  /** The next state of a template, only over the one before it. Throws what DynamoDB throws. */
  const writeTemplate = (next: OwnTemplate) => {
    const item = templateToPlain(next);
    return write([next.revision === 1 ? putNew(item) : putNext(item, next.revision - 1)]);
  };

  return { readTemplate, listTemplates, writeTemplate };
}
