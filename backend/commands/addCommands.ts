import type { Command } from 'commander';
import { addAlertRulesCommand } from './alertRules.ts';
import { addAuditCommand } from './audit.ts';
import { addBacktestCommand } from './backtest.ts';
import { addCheckConfigCommand } from './checkConfig.ts';
import type { CommandIo } from './commandIo.ts';
import { addCopyStorageCommand } from './copyStorage.ts';
import { addDemoExporterCommand } from './demoExporter.ts';
import { addExperimentCommand } from './experiment.ts';
import { addForecastCommand } from './forecast.ts';
import { addPromqltestCommand } from './promqltest.ts';
import { addRemoteReadConfigCommand } from './remoteReadConfig.ts';
import { addReleaseCommand } from './release.ts';
import { addReplayCommand } from './replay.ts';
import { addReportCommand } from './report.ts';
import { addSimulateCommand } from './simulate.ts';
import { addTrainCommand } from './train.ts';

/** Adds every command but `serve`, which needs the composition root. */
export function addCommands(program: Command, io: CommandIo): void {
  addForecastCommand(program, io);
  addBacktestCommand(program, io);
  addTrainCommand(program, io);
  addSimulateCommand(program, io);
  addReplayCommand(program, io);
  addExperimentCommand(program, io);
  addReleaseCommand(program, io);
  addReportCommand(program, io);
  addPromqltestCommand(program, io);
  addCheckConfigCommand(program, io);
  addRemoteReadConfigCommand(program, io);
  addAuditCommand(program, io);
  addCopyStorageCommand(program, io);
  addAlertRulesCommand(program, io);
  addDemoExporterCommand(program, io);
}
