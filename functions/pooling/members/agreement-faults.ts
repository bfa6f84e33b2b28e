/** What an agreement says in vain or against itself, with the field that says it. */
export interface AgreementFault {
  readonly path: readonly string[];
  readonly detail: string;
}

interface Terms {
  readonly trigger: 'SCHEDULED' | 'REAL_TIME';
  readonly schedule?: unknown;
  readonly minimum?: { readonly minor: bigint } | undefined;
  readonly maximum?: { readonly minor: bigint } | undefined;
}

export interface UpTerms extends Terms {
  readonly rule: { readonly method: string };
  readonly unit?: unknown;
  readonly parentsMoney: string;
}

export interface DownTerms extends Terms {
  readonly rule?: { readonly method: string } | undefined;
  readonly triggerAmount?: unknown;
  readonly partialAllowed: boolean;
  readonly basis: string;
  readonly order: string;
}

export function upFaults(terms: UpTerms): AgreementFault[] {
  const hasTwoUnits = terms.rule.method === 'MULTIPLE' && terms.unit !== undefined;
  const isContrary = terms.rule.method === 'RECALL' && terms.parentsMoney === 'LEAVE';
  return [
    ...commonFaults(terms),
    ...(hasTwoUnits ? [at('unit', 'MULTIPLE has its unit in `multiple`.')] : []),
    ...(isContrary ? [at('parentsMoney', 'RECALL takes back the parent’s money; leave it out.')] : []),
  ];
}

/** A payment needs what it lacks, in full; everything else about its need would be said in vain. */
export function downFaults(terms: DownTerms): AgreementFault[] {
  const { trigger, rule, triggerAmount, partialAllowed, basis, order } = terms;
  const faults = commonFaults(terms);
  if (trigger === 'REAL_TIME') {
    if (rule && rule.method !== 'ZERO_BALANCE')
      faults.push(at('rule', 'In real time the need is what a payment lacks; leave the rule out.'));
    if (triggerAmount !== undefined)
      faults.push(at('triggerAmount', 'In real time a payment is the trigger; leave it out.'));
    if (!partialAllowed)
      faults.push(at('partialAllowed', 'A payment is always funded in full or not at all; leave it out.'));
  } else {
    if (!rule) faults.push(at('rule', 'Required: say how much the account needs.'));
    if (basis !== 'NONE') faults.push(at('basis', 'Only funding in real time has a basis.'));
    if (order !== 'CHILD_FIRST') faults.push(at('order', 'Only funding in real time has an order.'));
  }
  return faults;
}

function commonFaults({ trigger, schedule, minimum, maximum }: Terms): AgreementFault[] {
  const faults: AgreementFault[] = [];
  if (trigger === 'REAL_TIME' && schedule !== undefined) {
    faults.push(at('schedule', 'An agreement in real time has no schedule.'));
  }
  if (minimum && maximum && maximum.minor < minimum.minor) {
    faults.push(at('maximum', 'Send a maximum that is not below the minimum.'));
  }
  return faults;
}

function at(field: string, detail: string): AgreementFault {
  return { path: [field], detail };
}
