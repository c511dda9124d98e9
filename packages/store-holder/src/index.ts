// The public list of @ferry/store-holder. Nothing inside this package imports it.
export { CapabilityChecker, type CapabilityCheckerOptions, LEEWAY_MS } from './capability.ts';
export { ServingTurns, type ServingTurnsOptions, type TakesTurns } from './serving-turns.ts';
