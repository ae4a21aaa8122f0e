import { ruleSetSchema, type RuleSet } from '../rule.ts';
import { botChecks } from './bot-checks.ts';
import { captchas } from './captchas.ts';
import { consent } from './consent.ts';
import { generic } from './generic.ts';
import { meta } from './meta.ts';
import { morePlatforms } from './more-platforms.ts';
import { newspapers } from './newspapers.ts';
import { telegramAndVk } from './telegram-vk.ts';
import { video } from './video.ts';
import { x } from './x.ts';

/** Every rule, checked when the program starts. Within a set, the first that fires for a kind is the one that is told. */
export const ruleSets: readonly RuleSet[] = [
  x,
  ...meta,
  ...video,
  ...telegramAndVk,
  ...morePlatforms,
  ...botChecks,
  captchas,
  consent,
  ...newspapers,
  generic,
].map((set) => ruleSetSchema.parse(set));
