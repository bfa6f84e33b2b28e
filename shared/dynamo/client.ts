import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Attempts of the SDK itself, for throttles and dropped connections; conflicts are retried above it, with a new decision. */
const SDK_ATTEMPTS = 3;
/** A call that hangs must not hold its caller: DynamoDB answers in milliseconds, a large transaction in tenths of a second. */
const CONNECT_MS = 1_000;
const REQUEST_MS = 5_000;

let client: DynamoDBClient | undefined;

/** The process's client. Region, credentials and endpoint come from the environment, in the cloud and locally alike. */
export function dynamo(): DynamoDBClient {
  client ??= new DynamoDBClient({
    maxAttempts: SDK_ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true },
  });
  return client;
}
