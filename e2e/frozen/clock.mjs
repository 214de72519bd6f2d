// Preloaded (`node --import`): the process and its threads begin at HEADROOM_E2E_STARTS_AT, in epoch seconds, and go on from there.
import { ServerResponse } from 'node:http';

const RealDate = Date;
const offsetMs = Number(process.env.HEADROOM_E2E_STARTS_AT) * 1000 - Number(process.env.HEADROOM_E2E_STARTED_AT);

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + offsetMs] : args));
  }

  static now() {
    return RealDate.now() + offsetMs;
  }
};

// Node dates its answers by a clock of its own.
const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (...args) {
  if (!this.headersSent) {
    this.setHeader('date', new Date().toUTCString());
  }
  return writeHead.apply(this, args);
};
