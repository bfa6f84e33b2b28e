import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ChannelFile, FileContent } from './channel-file.ts';

/** As a caller sees it; `uploadUrl` only of one that waits for its bytes. */
export function presentChannelFile(file: ChannelFile, currency: CurrencyCode, uploadUrl?: string) {
  const { id, marketId, channelId, businessDate, part, templateId: template, status, bytes } = file;
  const { faults, faulty, fileName, expiresAt, problem, content, createdAt, changedAt } = file;
  return {
    ...{ id, marketId, channelId, businessDate, part, template, status, bytes, faulty, createdAt, changedAt },
    ...defined({ fileName, expiresAt, problem, uploadUrl }),
    ...(content && { content: presentContent(content, currency) }),
    faults: faults.map((fault) => ({ ...fault })),
  };
}

function presentContent({ tally, skipped, totalsAgree }: FileContent, currency: CurrencyCode) {
  return {
    payments: Number(tally.payments),
    refunds: Number(tally.refunds),
    skipped,
    paid: presentAmount(tally.paid, currency),
    refunded: presentAmount(tally.refunded, currency),
    fees: presentAmount(tally.fees, currency),
    ...defined({ totalsAgree }),
  };
}
