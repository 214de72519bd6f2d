/** Tests that alternate two configurations in time: their design, their power before the start, their verdict. */
export type { CarryOver } from './carryOver.ts';
export { finiteOrNull } from './finiteOrNull.ts';
export { judgementFields } from './judgementFields.ts';
export {
  ERROR_RATE,
  judgeSwitchback,
  type SwitchbackJudgement,
  type SwitchbackLook,
  type WindowOutcomes,
} from './judgeSwitchback.ts';
export type { PairInterval } from './pairInterval.ts';
export { OUTCOME_NAMES, outcomeUnit } from './outcomeNames.ts';
export { pastWindows } from './pastWindows.ts';
export { planSwitchback, POWER, type SwitchbackPower } from './planSwitchback.ts';
export { designSwitchback, type Arm, type SwitchbackDesign, type SwitchbackPlan } from './switchbackDesign.ts';
export { powerWords } from './powerWords.ts';
export { switchbackShape, type AskedShape, type SwitchbackShape, type TestedService } from './switchbackShape.ts';
export { switchbackWords, type WordsInput } from './switchbackWords.ts';
export { traceSwitchback, type TraceSwitchback, type TraceSwitchbackInput } from './traceSwitchback.ts';
export { windowAt, type SwitchbackWindow } from './windowAt.ts';
export { meanBetween, windowOutcomes } from './windowOutcomes.ts';
