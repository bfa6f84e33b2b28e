import { type DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import { type FileStore, fileStore } from '../../shared/files/file-store.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import type { BankFile } from './gateway/iso/bank-file.ts';
import { bankFileFromPlain, bankFileToPlain } from './gateway/iso/bank-file-items.ts';
import { keys } from './keys.ts';

/** Messages of one file that are claimed in one write: what a transaction holds. (DynamoDB service quotas.) */
const claimsAtOnceMax = 100;

/** What became of the files of banks. */
export function bankFileStore(client: DynamoDBClient, table: string) {
  const { get } = tableAccess(client, table);

  async function readBankFile(tenant: string, fileId: string): Promise<BankFile | undefined> {
    const item = await get(keys.bankFile(tenant, fileId));
    return item && bankFileFromPlain(item);
  }

  /** Notes what became of a file, and answers what then stands: READ stays, and so does a refusal for the same reason. */
  async function noteBankFile(file: BankFile): Promise<BankFile> {
    const { tenant, id, reason = '' } = file;
    const input = {
      TableName: table,
      Item: toItem(bankFileToPlain(file)),
      ConditionExpression: 'attribute_not_exists(pk) OR (#status = :refused AND reason <> :reason)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: toItem({ ':refused': 'REFUSED', ':reason': reason }),
    };
    if (await writeRetried(() => client.send(new PutItemCommand(input)))) return file;
    return (await readBankFile(tenant, id)) ?? file;
  }

  /**
   * Keeps messages of banks, by their names, for the file that came first with them; answers one that another came with.
   * Where there is one, none is kept: the file that is refused for it may come again, mended.
   */
  async function claimFileMessages(
    tenant: string,
    names: readonly (readonly string[])[],
    fileId: string,
  ): Promise<readonly string[] | undefined> {
    // A MsgId may be longer than a key.
    const idOf = (name: readonly string[]) => deriveId('bfm', ...name.map((part) => part.toWellFormed()));
    const byId = new Map(names.map((name) => [idOf(name), name]));
    const claims = [...byId.keys()].map((id) => ({
      ...keys.bankFileOf(tenant, id),
      kind: 'BANK_FILE_MESSAGE',
      id,
      fileId,
    }));
    const heldByAnother = async () => {
      const held = await batchGet(
        client,
        table,
        claims.map(({ pk, sk }) => ({ pk, sk })),
      );
      const other = held.find((one) => one.fileId !== fileId);
      return other && byId.get(String(other.id));
    };
    const other = await heldByAnother();
    if (other) return other;
    for (let start = 0; start < claims.length; start += claimsAtOnceMax) {
      if (!(await claimTogether(claims.slice(start, start + claimsAtOnceMax)))) return await heldByAnother();
    }
    return undefined;
  }

  function claimTogether(claims: readonly { readonly fileId: string }[]): Promise<boolean> {
    const TransactItems = claims.map((claim) => ({
      Put: {
        TableName: table,
        Item: toItem(claim),
        ConditionExpression: 'attribute_not_exists(pk) OR fileId = :file',
        ExpressionAttributeValues: toItem({ ':file': claim.fileId }),
      },
    }));
    return writeRetried(() => client.send(new TransactWriteItemsCommand({ TransactItems })));
  }

  return { readBankFile, noteBankFile, claimFileMessages };
}

/** The bucket that the host names: files to and from banks. */
export function bankFiles(): FileStore {
  return fileStore(requireEnvironment('BUCKET_COLLECTION'));
}
