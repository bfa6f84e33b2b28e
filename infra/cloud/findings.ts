import { Stack } from 'aws-cdk-lib';
import type { UploadBucket } from './upload-bucket.ts';

/**
 * How cdk-nag names the findings that a policy of another stack opens all files below a bucket's prefixes: by the export
 * through which that stack knows the bucket.
 */
export function filesFindings({ bucket, prefixes }: UploadBucket): string[] {
  const stack = Stack.of(bucket);
  const reference: unknown = stack.resolve(stack.exportValue(bucket.bucketArn));
  const [exportName] = Object.values(reference as Record<'Fn::ImportValue', string>);
  return prefixes.map((prefix) => `AwsSolutions-IAM5[Resource::${exportName}/${prefix}*]`);
}
