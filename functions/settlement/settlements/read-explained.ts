import type { JournalLine, MerchantLine } from '../journal/line.ts';
import { isMerchantLine } from '../journal/line.ts';
import type { RuleVersion } from '../rules/stored-rule.ts';
import type { SettlementStore } from '../store.ts';
import { explainLine } from './explain-line.ts';
import type { Settlement } from './settlement.ts';

export interface ExplainedLine {
  readonly line: MerchantLine;
  readonly computation: string;
}

/** Explains lines of settlements, and reads each rule that they name once. */
export class LineExplainer {
  private readonly store: Pick<SettlementStore, 'readRule'>;
  private readonly rules = new Map<string, Promise<readonly RuleVersion[]>>();

  constructor(store: Pick<SettlementStore, 'readRule'>) {
    this.store = store;
  }

  async explain({ tenant, currency, merchantId }: Settlement, lines: readonly JournalLine[]): Promise<ExplainedLine[]> {
    const own = lines.filter(isMerchantLine);
    return Promise.all(
      own.map(async (line) => {
        const version = await this.versionOf(tenant, line.share?.rule);
        return { line, computation: explainLine(line, version, currency, merchantId) };
      }),
    );
  }

  private async versionOf(tenant: string, rule: { readonly id: string; readonly version: number } | undefined) {
    if (!rule) return undefined;
    const versions =
      this.rules.get(rule.id) ?? this.store.readRule(tenant, rule.id).then((found) => found?.versions ?? []);
    this.rules.set(rule.id, versions);
    return (await versions).find(({ version }) => version === rule.version);
  }
}
