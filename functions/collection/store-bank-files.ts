import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import { type FileStore, fileStore } from '../../shared/files/file-store.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import type { BankFile } from './gateway/iso/bank-file.ts';
import { bankFileFromPlain, bankFileToPlain } from './gateway/iso/bank-file-items.ts';
import { keys } from './keys.ts';

/** What became of the files of banks. */
export function bankFileStore(client: DynamoDBClient, table: string) {
  const { get, putNew } = tableAccess(client, table);

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

  /** Which file came first with a message of a bank, by its kind and MsgId; the asking one where there was none. */
  async function claimFileMessage(tenant: string, name: readonly string[], fileId: string): Promise<string> {
    // A MsgId may be longer than a key.
    const key = keys.bankFileOf(tenant, deriveId('bfm', ...name.map((part) => part.toWellFormed())));
    if (await putNew({ ...key, kind: 'BANK_FILE_MESSAGE', fileId })) return fileId;
    return String((await get(key))?.fileId);
  }

  return { readBankFile, noteBankFile, claimFileMessage };
}

/** The bucket that the host names: files to and from banks. */
export function bankFiles(): FileStore {
  return fileStore(requireEnvironment('BUCKET_COLLECTION'));
}
