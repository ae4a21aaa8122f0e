import { ruleSetSchema, type RuleSet } from '../rule.ts';
import { botChecks } from './bot-checks.ts';
import { captchas } from './captchas.ts';
import { generic } from './generic.ts';

/** Every rule, checked when the program starts. Within a set, the first that fires for a kind is the one that is told. */
export const ruleSets: readonly RuleSet[] = [...botChecks, captchas, generic].map((set) =>
  ruleSetSchema.parse(set),
);
