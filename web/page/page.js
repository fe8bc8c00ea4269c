// All that Python on the page needs of JavaScript, as one module: a built site has it in one file, so that a visitor
// waits for one request and not for ten.
export * as support from './support.js';   // first, see there
export * as address from './address.js';
export * as choice_store from './choice_store.js';
export * as fields from './fields.js';
export * as inspector from './inspector.js';
export * as lazy from './lazy.js';
export * as lifeline from './lifeline.js';
export * as links from './links.js';
export * as lossplot from './lossplot.js';
export * as matrices from './matrices.js';
export * as offline from './offline.js';
export * as paint from './paint.js';
export * as plots from './plots.js';
export * as run_store from './run_store.js';
export * as sharing from './sharing.js';
export * as tables from './tables.js';
