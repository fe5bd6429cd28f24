/** churnlab's public entry: everything a notebook or a program may use, by name. */

export { auditFeatures } from './audit/point-in-time.js';
export { auditCompany } from './audit/raw-data.js';
export { applyCalibration, fitCalibration } from './calibration/calibration.js';
export {
  applyGroupShifts,
  type FittedGroupShifts,
  fitGroupShifts,
  type ShiftGroup,
} from './calibration/group-shifts.js';
export { aspectWorthChart } from './charts/aspect-worth.js';
export { backtestChart } from './charts/backtest.js';
export { candidatesChart } from './charts/candidates.js';
export { cardCharts } from './charts/card-charts.js';
export { classBalanceChart } from './charts/class-balance.js';
export { cohortCurvesChart, cohortTriangleChart } from './charts/cohorts.js';
export { dependenceChart, dependenceCharts } from './charts/dependence.js';
export { driversChart } from './charts/drivers.js';
export { flagGroupsChart } from './charts/flag-groups.js';
export { flagOverlapChart } from './charts/flag-overlap.js';
export { flagRatesChart } from './charts/flag-rates.js';
export { flagReturnsChart } from './charts/flag-returns.js';
export { flagWarningChart } from './charts/flag-warning.js';
export { gainsChart } from './charts/gains.js';
export { leadTimeChart } from './charts/lead-time.js';
export { liftChart } from './charts/lift.js';
export { metricByMonthChart } from './charts/metric-by-month.js';
export { missingChart } from './charts/missing.js';
export { leakyPotChart, mrrMovementsChart } from './charts/movements.js';
export { partRatesChart } from './charts/part-rates.js';
export { profitChart } from './charts/profit.js';
export { reliabilityChart } from './charts/reliability.js';
export { renderPng, renderSvg } from './charts/render.js';
export { rocChart } from './charts/roc.js';
export { snapshotsChart } from './charts/snapshots.js';
export { survivalChart } from './charts/survival.js';
export { tornadoChart } from './charts/tornado.js';
export { valueCurveChart } from './charts/value-curve.js';
export { waterfallChart } from './charts/waterfall.js';
export { applyRecipe, fitRecipe, type Recipe, usualValues } from './cleaning/recipe.js';
export { defineAspect } from './contracts/aspect.js';
export { displayBundle } from './displays/display-bundle.js';
export type { DisplayOptions } from './displays/display-options.js';
export type { MimeBundle } from './displays/mime-bundle.js';
export { ChurnError, type ChurnErrorCode } from './errors.js';
export { averagePrecision } from './evaluation/average-precision.js';
export { brierScore } from './evaluation/brier-score.js';
export { countRange } from './evaluation/count-range.js';
export { evaluate } from './evaluation/evaluate.js';
export type { Estimate, Evaluation, PairedDifference } from './evaluation/evaluation.js';
export { logLoss } from './evaluation/log-loss.js';
export { pairedDifference } from './evaluation/paired-difference.js';
export { calibrationError } from './evaluation/reliability.js';
export { auc } from './evaluation/roc.js';
export { contributionsFitted } from './explanation/contributions.js';
export {
  type Interactions,
  interactionsBoostedTrees,
  type PairInteraction,
  strongestInteractions,
} from './explanation/interactions.js';
export {
  type AspectReason,
  type FeatureMeaning,
  type Reason,
  reasonsByAspect,
  reasonsFor,
  reasonsSentence,
} from './explanation/reasons.js';
export { contributionsBoostedTrees, interventionalContributions } from './explanation/tree-shap.js';
export type { Background } from './explanation/unknown-features.js';
export { type Bundle, loadBundle, requireBundlePlace, saveBundle } from './exports/bundle.js';
export { buildFeatures } from './features/build.js';
export { type Feature, featureCatalogue } from './features/catalogue.js';
export type { FeatureExplanation } from './features/explain.js';
export { explainFeature } from './features/explain.js';
export { type Confirmation, confirm } from './flags/confirm.js';
export { flagFigures } from './flags/count-figures.js';
export { checkFlag, parseFlag, writeFlag } from './flags/expression.js';
export type { FlagFigures } from './flags/figures.js';
export { type FindFlagsOptions, type FlagData, type FlagSource, findFlags } from './flags/find.js';
export { type Flag, raisedBy } from './flags/flag.js';
export { type FlagRows, repeatRows } from './flags/flag-rows.js';
export { flagSql } from './flags/flag-sql.js';
export { checkGroups, describeGroups } from './flags/group-check.js';
export { type Fact, type Ledger, ledgerSchema } from './flags/ledger.js';
export { readLedger } from './flags/read-ledger.js';
export { retestLedger } from './flags/retest.js';
export { crossOff, inOrder, setAside } from './flags/returns.js';
export { findTriggers } from './flags/triggers.js';
export { simpsonCheck } from './journey/simpson.js';
export { describeStages, STAGES, type Stage } from './journey/stage.js';
export { measureLeadTimes } from './lead-time/measure.js';
export { permutation, type Random, seededRandom } from './math/random.js';
export { metricsCatalogue } from './metrics/catalogue.js';
export { CHURN_FORMULA_NAMES, type ChurnFormulaName } from './metrics/churn-formulas.js';
export type { GroupBy } from './metrics/grouping.js';
export { logRankTest } from './metrics/log-rank.js';
export { measureMetrics } from './metrics/measure.js';
export { type Reconciliation, reconcileChurn, reconciliationLines } from './metrics/reconcile.js';
export { type MetricsResult, metricsResultSchema, seriesOf } from './metrics/result.js';
export { survivalCurve } from './metrics/survival.js';
export {
  type BoostedTreesFit,
  type BoostedTreesOptions,
  type BoostingRound,
  boostingRounds,
  fitBoostedTrees,
} from './models/boosted-trees/fit.js';
export { boostedTreesSchema, type FittedBoostedTrees } from './models/boosted-trees/model.js';
export { predictBoostedTrees, predictFlatRows } from './models/boosted-trees/predict.js';
export { type FittedModel, predictFitted } from './models/fitted-model.js';
export { sigmoid, type TrainingSet } from './models/model.js';
export { useBackend } from './models/neural-net/use-backend.js';
export {
  type InputFile,
  type OpenedInput,
  openInput,
  requireTable,
  requireWorkspace,
  type TableInput,
  type WorkspaceInput,
} from './notebooks/cells/input.js';
export {
  defineParameters,
  type NotebookParameters,
  overrideParameters,
} from './notebooks/cells/parameters.js';
export { type UpdateProgress, withProgressBar } from './notebooks/cells/progress-bar.js';
export { type Provenance, type ProvenanceOptions, provenance } from './notebooks/cells/provenance.js';
export { show } from './notebooks/cells/show.js';
export type { CompareOptions, OutputDifference } from './notebooks/compare/difference.js';
export { differencesText } from './notebooks/compare/differences-text.js';
export {
  type CellDifference,
  compareNotebooks,
  describeDifferences,
  type NotebookDifferences,
} from './notebooks/compare/notebooks.js';
export { checkInstallation, type InstallationCheck } from './notebooks/kernel/doctor.js';
export { installKernel } from './notebooks/kernel/kernel-spec.js';
export { type Notebook, readNotebook, writeNotebook } from './notebooks/notebook.js';
export { notebookPage } from './notebooks/page/notebook-page.js';
export { readPictures } from './notebooks/page/pictures.js';
export { type CheckOptions, checkNotebook } from './notebooks/review/check-notebook.js';
export { describeFindings, type Finding, type FindingKind } from './notebooks/review/finding.js';
export {
  type CellFailure,
  type NotebookRun,
  type RunOptions,
  type RunProgress,
  runNotebook,
} from './notebooks/run.js';
export { bytesText } from './notebooks/run-text.js';
export { checkTable, type TableCheck } from './profiling/check-table.js';
export { suspectLeakage } from './profiling/leakage.js';
export { profileTable, type TableProfile } from './profiling/table-profile.js';
export { backtestReport, backtestSentence } from './reports/backtest.js';
export { profileSummary, trainingSummary } from './reports/console.js';
export { dataQualityReport } from './reports/data-quality.js';
export { evaluationSummary } from './reports/evaluation-summary.js';
export { flagsReport } from './reports/flags.js';
export { flagsSummary } from './reports/flags-console.js';
export { intakeReport } from './reports/intake.js';
export { intakeSummary } from './reports/intake-summary.js';
export { metricsReport } from './reports/metrics.js';
export { metricsSummary } from './reports/metrics-summary.js';
export { modelCard } from './reports/model-card.js';
export { trainingReport } from './reports/training.js';
export { valueSummary } from './reports/value-summary.js';
export { companySource } from './scoring/company-source.js';
export { type CompanyEvaluation, evaluateCompany } from './scoring/evaluate-company.js';
export { evaluateFile, type FileEvaluation } from './scoring/evaluate-file.js';
export { type ScoreResult, scoreFile, scoreSource } from './scoring/score-file.js';
export { companyCsv, simulateCompany } from './simulation/company.js';
export { simulatedFiles } from './simulation/tables/files.js';
export { type ScenarioName, scenarioNames } from './simulation/tables/scenarios.js';
export { type SimulationOptions, simulateTables } from './simulation/tables/simulate.js';
export { openSource } from './sources/open-source.js';
export { readTable } from './sources/read-table.js';
export type { Source } from './sources/source.js';
export { cleanUpTemporaryFiles } from './sources/temporary-files.js';
export {
  requireFilePlace,
  writeFolderAtomically,
  writeTextAtomically,
} from './sources/writing/atomic-writes.js';
export { openSink, type Sink } from './sources/writing/sink.js';
export { rejectsCsv } from './sources/writing/write-rejects.js';
export { foldRows, stratifiedFolds } from './splits/folds.js';
export { toArquero } from './tables/arquero.js';
export type { Note, RawTable, Reject } from './tables/raw-table.js';
export { type Column, makeTable, type Table, takeRows } from './tables/table.js';
export { type Backtest, backtestCompany } from './training/backtest.js';
export { fitCandidates } from './training/candidates.js';
export { type Card, cardSchema } from './training/card.js';
export { type ChurnModel, explainChurn, predictBeforeShifts, predictChurn } from './training/churn-model.js';
export { type CompanyFlagOptions, findCompanyFlags, retestCompanyFlags } from './training/company-flags.js';
export { companyRows, learningSnapshots } from './training/company-rows.js';
export { type DealOptions, dealOutcomes } from './training/deal-outcomes.js';
export { labelRows } from './training/labelled-rows.js';
export type { TrainInput, Training } from './training/learn.js';
export { cleanRows, learnRecipe } from './training/learning-sets.js';
export { makeModel } from './training/make-model.js';
export type { TrainOptions } from './training/options.js';
export { findTableFlags, retestTableFlags, type TableFlagOptions } from './training/table-flags.js';
export { train } from './training/train.js';
export { type CompanyTrainOptions, trainCompany } from './training/train-company.js';
export type { ValueFacts } from './value/facts.js';
export { factsFromMetrics } from './value/facts-from-metrics.js';
export { parseAssumptions, settleAssumptions } from './value/settle-assumptions.js';
export { type ValueResult, valueOfChurn } from './value/value-of-churn.js';
export { VERSION } from './version.js';
export type { Company } from './workspace/company.js';
export { defineWorkspace } from './workspace/config.js';
export { DOUBT_KINDS, type DoubtAction, type DoubtKind } from './workspace/doubts/doubt.js';
export type { Doubt, Intake, IntakeReject } from './workspace/intake.js';
export { intakeSource } from './workspace/intake-source.js';
export { type OpenedWorkspace, openWorkspace } from './workspace/open-workspace.js';
export { intakeRejectsCsv } from './workspace/rejects-csv.js';
