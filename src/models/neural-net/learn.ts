import { setImmediate } from 'node:timers/promises';
import { ChurnError } from '../../errors.js';
import { permutation, type Random } from '../../math/random.js';
import type { FeatureSpec } from '../../tables/align.js';
import { startAdamW } from './adamw.js';
import type { TensorFlow } from './backend.js';
import { batchMaker, embeddingGradients, type TrainingRows } from './batch.js';
import { lossGradients } from './gradients.js';
import type { Member } from './model.js';
import { type Network, recordOf, startNetwork } from './network.js';
import type { NetSettings } from './options.js';

/** What one net learns from. */
export interface Lesson {
  readonly features: readonly FeatureSpec[];
  readonly rows: TrainingRows;
  /** Per feature the training weight of each level, missing last; empty for a number. */
  readonly levelWeights: readonly Float64Array[];
  /** Of the weighted training churn rate. */
  readonly logOdds: number;
  /** Log loss of a net on rows that it does not learn from; `null` without such rows. */
  readonly validationLoss: ((member: Member) => number) | null;
}

/** Epochs without a better validation loss after which learning stops. */
const PATIENCE = 10;
/** Steps between two chances for other work of the process. */
const STEPS_AT_ONCE = 16;

/** Teaches one net for all epochs or, with validation rows, until they stop gaining. */
export async function learnMember(
  tf: TensorFlow,
  lesson: Lesson,
  settings: NetSettings,
  random: Random,
): Promise<Member> {
  const { features, rows, levelWeights } = lesson;
  const network = startNetwork(
    features,
    rows.encodings,
    settings.hiddenUnits,
    lesson.logOdds,
    random.fork('weights'),
  );
  const takeStep = stepper(tf, network, rows, settings);
  const order = random.fork('order');
  const record = (epochs: number): Member => finite(recordOf(network, rows.encodings, levelWeights, epochs));
  let best: { member: Member; loss: number } | null = null;

  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    for (const [index, batch] of evenBatches(permutation(rows.churned.length, order), settings).entries()) {
      if (index % STEPS_AT_ONCE === 0) await setImmediate();
      takeStep(batch);
    }
    if (!lesson.validationLoss) continue;
    const member = record(epoch);
    const loss = lesson.validationLoss(member);
    if (!best || loss < best.loss) best = { member, loss };
    else if (epoch - best.member.epochs >= PATIENCE) break;
  }
  return best?.member ?? record(settings.epochs);
}

/** A step down the slope of the given rows' loss; the learning rate falls with every call. */
function stepper(tf: TensorFlow, network: Network, rows: TrainingRows, settings: NetSettings) {
  const { epochs, batchSize, learningRate, l2 } = settings;
  const makeBatch = batchMaker(rows);
  const moveParameters = startAdamW([
    ...network.layers.map(({ weights }) => ({ values: weights, decays: true })),
    ...network.layers.map(({ biases }) => ({ values: biases, decays: false })),
    ...network.embeddings.map((values) => ({ values, decays: true })),
  ]);
  const steps = epochs * Math.ceil(rows.churned.length / batchSize);
  let step = 0;
  return (batchRows: Int32Array): void => {
    const { inputs, layers } = lossGradients(tf, network.layers, makeBatch(network, batchRows));
    const gradients = [
      ...layers.map(({ weights }) => weights),
      ...layers.map(({ biases }) => biases),
      ...embeddingGradients(rows, network, batchRows, inputs),
    ];
    moveParameters(gradients, learningRate * 0.5 * (1 + Math.cos((Math.PI * step) / steps)), l2);
    step += 1;
  };
}

/** The rows in as few parts as the batch size allows, which differ in length by one at most. */
function evenBatches(order: Int32Array, { batchSize }: NetSettings): Int32Array[] {
  const count = Math.ceil(order.length / batchSize);
  return Array.from({ length: count }, (_, part) =>
    order.subarray(
      Math.floor((part * order.length) / count),
      Math.floor(((part + 1) * order.length) / count),
    ),
  );
}

function finite(member: Member): Member {
  const areFinite = (rows: readonly (readonly number[])[]) => rows.flat().every(Number.isFinite);
  const layers = member.layers.every(({ weights, biases }) => areFinite(weights) && areFinite([biases]));
  if (layers && member.embeddings.every(areFinite)) return member;
  throw new ChurnError('bad-option', 'fitNeuralNet: the weights grew beyond all bounds; lower learningRate');
}
