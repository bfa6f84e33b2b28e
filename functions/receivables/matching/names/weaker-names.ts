/** Parts of an organisation that pay for themselves, at the end of a name. */
const branch = /(?:分公司|支公司|分行|支行|营业部|项目部|办事处|代表处|分厂|分店|分部|分院|BRANCH)$/;
const headOfBranch = /^.*?(?:公司|银行|集团|厂|院|局|LTD|INC|CORP|GMBH)/;

/** A normalised name with 有限责任公司 as 有限公司: the same name only for one whose account is known too. */
export function weakName(normalised: string): string {
  return normalised.replace('有限责任公司', '有限公司');
}

/** A normalised name without what is often left out, 省市区县 and brackets: good for a suggestion and no more. */
export function candidateName(normalised: string): string {
  return weakName(normalised).replace(/[省市区县()]/g, '');
}

/** What makes a name one branch and no other: 深圳分公司, 第三项目部. Empty for a head office. Normalised names. */
export function branchOf(normalised: string): string {
  if (!branch.test(normalised)) return '';
  return normalised.replace(headOfBranch, '') || normalised;
}
