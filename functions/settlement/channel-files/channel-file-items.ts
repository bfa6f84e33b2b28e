import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { channelFilePlace, keys } from '../keys.ts';
import type { ChannelFile, StandingFile } from './channel-file.ts';

/** Items as plain objects ↔ the model: a text beside its amounts, listed by market. */
export function channelFileToPlain(file: ChannelFile): Plain {
  const { tenant, id, marketId, businessDate, revision } = file;
  return {
    ...keys.channelFile(tenant, id),
    kind: 'CHANNEL_FILE',
    revision,
    ...writeText(file),
    ...channelFilePlace(tenant, marketId, businessDate, id),
  };
}

export function channelFileFromPlain({ text, amounts }: Plain): ChannelFile {
  const [file] = readTexts({ text, amounts } as TextWithAmounts);
  return file as ChannelFile;
}

export function standingToPlain(standing: StandingFile): Plain {
  const { tenant, marketId, channelId, businessDate, part } = standing;
  return {
    ...keys.standingFile(tenant, marketId, channelId, businessDate, part),
    kind: 'STANDING_FILE',
    text: JSON.stringify(standing),
  };
}

export function standingFromPlain({ text }: Plain): StandingFile {
  return JSON.parse(String(text)) as StandingFile;
}
