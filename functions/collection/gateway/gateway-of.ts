import type { BankGateway } from './bank-gateway.ts';
import type { FileTerms } from './iso/collection-file.ts';
import { type FileTools, fileGateway } from './iso/file-gateway.ts';
import { sandboxGateway } from './sandbox/sandbox-gateway.ts';
import type { ChannelKind } from './sent-message.ts';

/** What reaches the bank of a channel. */
export function gatewayOf(channel: FileTerms & { readonly channel: ChannelKind }, tools: FileTools): BankGateway {
  if (channel.channel === 'SANDBOX') return sandboxGateway(tools.store);
  const { initiatingParty, characters, sepa } = channel;
  return fileGateway(tools, { initiatingParty, characters, ...(sepa && { sepa }) });
}
